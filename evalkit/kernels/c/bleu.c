/* BLEU rows: sacrebleu's BLEU._compute_segment_statistics. */
#include "kernel.h"

typedef struct {
    Rules rules;
    int order;
    Vocabulary words;
    Ngrams ngrams;
    uint8_t *scratch;
    Text *tokens;
    uint32_t *numbers;
} Work;

static bool work_new(Work *w, const Batch *batch) {
    Longest longest = longest_texts(batch);
    size_t most = longest_text(longest) + 1;
    w->scratch = malloc(most);
    w->tokens = malloc(most * sizeof *w->tokens);
    w->numbers = malloc((most + longest.references) * sizeof *w->numbers);
    bool words = vocabulary_new(&w->words, longest.references, longest.references);
    bool ngrams = ngrams_new(&w->ngrams, longest.references * (size_t)w->order);
    return w->scratch && w->tokens && w->numbers && words && ngrams;
}

static void work_free(Work *w) {
    vocabulary_free(&w->words);
    ngrams_free(&w->ngrams);
    free(w->scratch);
    free(w->tokens);
    free(w->numbers);
}

/* BLEU._get_closest_ref_len: the nearest length, the shorter one of two as near. */
static double closest_length(int64_t length, const double *lengths, int64_t count) {
    double best = -1, nearest = -1;
    for (int64_t i = 0; i < count; i++) {
        double distance = lengths[i] > (double)length ? lengths[i] - (double)length : (double)length - lengths[i];
        if (nearest < 0 || distance < nearest || (distance == nearest && lengths[i] < best)) {
            nearest = distance;
            best = lengths[i];
        }
    }
    return best;
}

/* Fills vocabulary and n-grams with the references of a segment; lengths[] gets their numbers of words. */
static void read_references(Work *w, const Batch *batch, int64_t segment, double *lengths) {
    int64_t first = batch->reference[segment], count = batch->reference[segment + 1] - first;
    size_t bytes = 0, total = 0;
    for (int64_t r = 0; r < count; r++) bytes += reference_at(batch, first + r).length;
    vocabulary_clear(&w->words, bytes);
    for (int64_t r = 0; r < count; r++) {
        size_t n = tokenise(&w->rules, reference_at(batch, first + r), w->scratch, w->tokens);
        for (size_t i = 0; i < n; i++) w->numbers[total + i] = vocabulary_add(&w->words, w->tokens[i]);
        lengths[r] = (double)n;
        total += n;
    }
    ngrams_clear(&w->ngrams, total, w->order, w->words.size);
    size_t start = 0;
    for (int64_t r = 0; r < count; r++) {
        ngrams_add(&w->ngrams, w->numbers + start, (size_t)lengths[r]);
        start += (size_t)lengths[r];
    }
}

static void write_row(Work *w, Text candidate, const double *lengths, int64_t count, double *row) {
    size_t n = tokenise(&w->rules, candidate, w->scratch, w->tokens);
    for (size_t i = 0; i < n; i++) w->numbers[i] = vocabulary_find(&w->words, w->tokens[i]);
    row[0] = (double)n;
    row[1] = closest_length((int64_t)n, lengths, count);
    ngrams_match(&w->ngrams, w->numbers, n, row + 2);
    for (int k = 0; k < w->order; k++) row[2 + w->order + k] = n > (size_t)k ? (double)(n - (size_t)k) : 0;
}

/* Rows of 2 + 2 * order numbers, system by system: candidate length, closest reference length, matches
 * and candidate n-grams by order. `order` is at most MOST_ORDERS. */
EXPORT int evalkit_bleu(const Batch *batch, int tokeniser, int order, double *rows) {
    Work w = {.rules = rules_of((Tokeniser)tokeniser), .order = order};
    int64_t most = 1;
    for (int64_t s = 0; s < batch->segments; s++) {
        int64_t count = batch->reference[s + 1] - batch->reference[s];
        if (count > most) most = count;
    }
    double *lengths = malloc((size_t)most * sizeof *lengths);
    bool ready = work_new(&w, batch) && lengths;
    for (int64_t s = 0; ready && s < batch->segments; s++) {
        read_references(&w, batch, s, lengths);
        int64_t count = batch->reference[s + 1] - batch->reference[s];
        for (int64_t y = 0; y < batch->systems; y++)
            write_row(&w, candidate_at(batch, y, s), lengths, count,
                      rows + (y * batch->segments + s) * (2 + 2 * order));
    }
    free(lengths);
    work_free(&w);
    return ready ? DONE : OUT_OF_MEMORY;
}
