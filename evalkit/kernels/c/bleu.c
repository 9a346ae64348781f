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

static bool work_new(Work *w, Longest longest) {
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

/* Fills vocabulary and n-grams with the references of a segment; lengths[] gets their numbers of words. Returns how
 * many references the segment has. */
static int64_t read_references(Work *w, const Batch *batch, int64_t segment, double *lengths) {
    size_t bytes = 0, total = 0, start = 0;
    int64_t count = 0;
    for (int64_t r = 0; r < batch->reference_count; r++) bytes += text_at(&batch->references[r], segment).length;
    vocabulary_clear(&w->words, bytes);
    for (int64_t r = 0; r < batch->reference_count; r++) {
        if (!has_text(batch, r, segment)) continue;
        size_t n = tokenise(&w->rules, text_at(&batch->references[r], segment), w->scratch, w->tokens);
        for (size_t i = 0; i < n; i++) w->numbers[total + i] = vocabulary_add(&w->words, w->tokens[i]);
        lengths[count++] = (double)n;
        total += n;
    }
    ngrams_clear(&w->ngrams, total, w->order, w->words.size);
    for (int64_t r = 0; r < count; r++) {
        ngrams_add(&w->ngrams, w->numbers + start, (size_t)lengths[r]);
        start += (size_t)lengths[r];
    }
    return count;
}

static void write_row(Work *w, Text candidate, const double *lengths, int64_t count, double *row) {
    size_t n = tokenise(&w->rules, candidate, w->scratch, w->tokens);
    for (size_t i = 0; i < n; i++) w->numbers[i] = vocabulary_find(&w->words, w->tokens[i]);
    row[0] = (double)n;
    row[1] = closest_length((int64_t)n, lengths, count);
    ngrams_match(&w->ngrams, w->numbers, n, row + 2);
    for (int k = 0; k < w->order; k++) row[2 + w->order + k] = n > (size_t)k ? (double)(n - (size_t)k) : 0;
}

/* Rows of 2 + 2 * order numbers: candidate length, closest reference length, matches and candidate n-grams by order.
 * `order` is at most MOST_ORDERS. */
EXPORT int evalkit_bleu(const Batch *batch, Range range, int tokeniser, int order, double *rows) {
    Work w = {.rules = rules_of((Tokeniser)tokeniser), .order = order};
    double *lengths = malloc((size_t)batch->reference_count * sizeof *lengths);
    bool ready = work_new(&w, longest_texts(batch, range)) && lengths;
    for (int64_t s = range.first; ready && s < range.end; s++) {
        int64_t count = read_references(&w, batch, s, lengths);
        for (int64_t y = 0; y < batch->system_count; y++)
            write_row(&w, text_at(&batch->systems[y], s), lengths, count, row_at(batch, rows, y, s, 2 + 2 * order));
    }
    free(lengths);
    work_free(&w);
    return ready ? DONE : OUT_OF_MEMORY;
}
