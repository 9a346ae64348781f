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
    double *lengths; /* numbers of words of the references */
    Memory memory;
} Work;

static bool work_new(Work *w, const Batch *batch, Range range) {
    Longest longest = longest_texts(batch, range);
    Memory *memory = &w->memory;
    size_t most = longest_text(longest) + 1;
    w->scratch = memory_take(memory, most, 1);
    w->tokens = memory_take(memory, most, sizeof *w->tokens);
    w->numbers = memory_take(memory, most + longest.references, sizeof *w->numbers);
    w->lengths = memory_take(memory, (size_t)batch->reference_count, sizeof *w->lengths);
    vocabulary_new(&w->words, memory, longest.references, longest.references);
    ngrams_new(&w->ngrams, memory, longest.references * (size_t)w->order);
    return !memory->failed;
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

/* Fills vocabulary and n-grams with the references of a segment, and their lengths; returns how many it has. */
static int64_t read_references(Work *w, const Batch *batch, int64_t segment) {
    size_t bytes = 0, total = 0, start = 0;
    int64_t count = 0;
    for (int64_t r = 0; r < batch->reference_count; r++) bytes += text_at(&batch->references[r], segment).length;
    vocabulary_clear(&w->words, bytes);
    for (int64_t r = 0; r < batch->reference_count; r++) {
        if (!has_text(batch, r, segment)) continue;
        size_t n = tokenise(&w->rules, text_at(&batch->references[r], segment), w->scratch, w->tokens);
        for (size_t i = 0; i < n; i++) w->numbers[total + i] = vocabulary_add(&w->words, w->tokens[i], w->tokens->bytes);
        w->lengths[count++] = (double)n;
        total += n;
    }
    ngrams_clear(&w->ngrams, total, w->order, w->words.size);
    for (int64_t r = 0; r < count; r++) {
        ngrams_add(&w->ngrams, w->numbers + start, (size_t)w->lengths[r]);
        start += (size_t)w->lengths[r];
    }
    return count;
}

static void write_row(Work *w, Text candidate, int64_t references, double *row) {
    size_t n = tokenise(&w->rules, candidate, w->scratch, w->tokens);
    for (size_t i = 0; i < n; i++) w->numbers[i] = vocabulary_find(&w->words, w->tokens[i], w->tokens->bytes);
    row[0] = (double)n;
    row[1] = closest_length((int64_t)n, w->lengths, references);
    ngrams_match(&w->ngrams, w->numbers, n, row + 2);
    for (int k = 0; k < w->order; k++) row[2 + w->order + k] = n > (size_t)k ? (double)(n - (size_t)k) : 0;
}

/* Rows of 2 + 2 * order numbers: candidate length, closest reference length, matches and candidate n-grams by order.
 * `order` is at most MOST_ORDERS. */
EXPORT int evalkit_bleu(const Batch *batch, Range range, int tokeniser, int order, double *rows) {
    Work w = {.rules = rules_of((Tokeniser)tokeniser), .order = order};
    bool ready = work_new(&w, batch, range);
    for (int64_t s = range.first; ready && s < range.end; s++) {
        int64_t references = read_references(&w, batch, s);
        for (int64_t y = 0; y < batch->system_count; y++)
            write_row(&w, text_at(&batch->systems[y], s), references, row_at(batch, rows, y, s, 2 + 2 * order));
    }
    memory_free(&w.memory);
    return ready ? DONE : OUT_OF_MEMORY;
}
