/* TER rows: sacrebleu's TER._compute_segment_statistics. */
#include "ter.h"

/* Bit sets of positions are kept for all words of a reference where they take at most so many 64-bit words. */
#define MOST_POSITION_SETS (1 << 16)

typedef struct {
    Vocabulary vocabulary;
    Text *tokens;
    Rules split;
    Ter ter;
    Memory memory;
} Work;

static void ter_new(Ter *t, Memory *memory, size_t candidate, size_t reference) {
    t->reference = memory_take(memory, reference, sizeof *t->reference);
    t->candidate = memory_take(memory, candidate, sizeof *t->candidate);
    t->moved = memory_take(memory, candidate, sizeof *t->moved);
    t->positions = memory_take(memory, MOST_POSITION_SETS + 1, sizeof *t->positions);
    t->beam = memory_take(memory, candidate, sizeof *t->beam);
    t->rows = memory_take(memory, candidate, sizeof *t->rows);
    /* Rows of numbers: at most m + 52 n cells, and 50 n < m. */
    t->cells = memory_take(memory, 3 * reference + 64, sizeof *t->cells);
    t->wide_row[0] = memory_take(memory, reference + 64, sizeof *t->cells);
    t->wide_row[1] = memory_take(memory, reference + 64, sizeof *t->cells);
    t->candidate_wrong = memory_take(memory, candidate, sizeof *t->candidate_wrong);
    t->reference_wrong = memory_take(memory, reference, sizeof *t->reference_wrong);
    t->aligned = memory_take(memory, reference, sizeof *t->aligned);
    t->tried_entries = (LONGEST_SHIFT + 1) * candidate;
    t->tried = memory_take(memory, t->tried_entries, sizeof *t->tried);
}

static bool work_new(Work *w, const Batch *batch, Range range) {
    Longest longest = longest_texts(batch, range);
    w->split = rules_of(TOK_NONE);
    w->tokens = memory_take(&w->memory, longest_text(longest) + 1, sizeof *w->tokens);
    vocabulary_new(&w->vocabulary, &w->memory, longest.reference, longest.reference);
    ter_new(&w->ter, &w->memory, longest.candidate + 2, longest.reference + 2);
    return !w->memory.failed;
}

static int64_t read_words(Work *w, Text text, bool add, uint32_t *numbers) {
    size_t n = tokenise(&w->split, text, NULL, w->tokens);
    for (size_t i = 0; i < n; i++)
        numbers[i] = add ? vocabulary_add(&w->vocabulary, w->tokens[i], w->tokens->bytes) : vocabulary_find(&w->vocabulary, w->tokens[i], w->tokens->bytes);
    return (int64_t)n;
}

static void read_reference(Work *w, Text text) {
    Ter *t = &w->ter;
    vocabulary_clear(&w->vocabulary, text.length);
    t->reference_count = read_words(w, text, true, t->reference);
    /* One block more than the positions need: `matches_from` reads two. */
    int64_t blocks = t->reference_count / 64 + 2, sets = (int64_t)w->vocabulary.size + 1;
    t->position_blocks = blocks * sets <= MOST_POSITION_SETS ? blocks : 0;
    if (!t->position_blocks) return;
    memset(t->positions, 0, (size_t)(blocks * sets) * sizeof *t->positions);
    for (int64_t j = 1; j <= t->reference_count; j++)
        t->positions[(int64_t)t->reference[j - 1] * blocks + j / 64] |= (uint64_t)1 << (j % 64);
}

/* Edits of one candidate against the reference that was read last. */
static double edits(Work *w, Text candidate) {
    Ter *t = &w->ter;
    t->candidate_count = read_words(w, candidate, false, t->candidate);
    if (!t->reference_count) return (double)t->candidate_count;
    if (!t->candidate_count) return (double)t->reference_count;
    ter_lay_beam(t);
    return (double)ter_edits_with_shifts(t);
}

/* Rows of the fewest edits over the references and their mean length. Texts come normalised and lower-cased as the
 * options ask; words are what white space divides. */
EXPORT int evalkit_ter(const Batch *batch, Range range, double *rows) {
    Work w = {.memory = {.count = 0}};
    bool ready = work_new(&w, batch, range);
    for (int64_t s = range.first; ready && s < range.end; s++) {
        int64_t count = 0, length = 0;
        for (int64_t r = 0; r < batch->reference_count; r++) {
            if (!has_text(batch, r, s)) continue;
            read_reference(&w, text_at(&batch->references[r], s));
            length += w.ter.reference_count;
            count++;
            for (int64_t y = 0; y < batch->system_count; y++) {
                double *row = row_at(batch, rows, y, s, 2), found = edits(&w, text_at(&batch->systems[y], s));
                if (count == 1 || found < row[0]) row[0] = found;
            }
        }
        for (int64_t y = 0; y < batch->system_count; y++)
            row_at(batch, rows, y, s, 2)[1] = (double)length / (double)count;
    }
    memory_free(&w.memory);
    return ready ? DONE : OUT_OF_MEMORY;
}
