/* Hits, substitutions, deletions and insertions as jiwer 4.0.0 counts them, that is: as the alignment that
 * rapidfuzz.distance.Levenshtein.opcodes finds. The distance alone does not fix the counts (two substitutions
 * or a deletion and an insertion around a hit cost the same), so the way back through the matrix is rapidfuzz's.
 *
 * The matrix is kept as the bits of its differences (Myers 1999, Hyyrö 2003), one row per candidate symbol,
 * 64 reference symbols a word.
 */
#include "kernel.h"

/* Beyond 1 MiB of matrix rapidfuzz may divide the problem (Hirschberg), which takes other ways among equals.
 * It never does below this number of cells. */
#define MOST_CELLS (4 * 1024 * 1024)
#define MOST_REFERENCE 4096

typedef struct {
    const uint32_t *symbols;
    size_t count;
} Run;

typedef struct {
    bool by_character;
    Vocabulary vocabulary;
    Alphabet alphabet;
    Text *tokens;
    uint32_t *reference, *candidate;
    uint64_t *matches; /* by symbol number: where in the reference it stands */
    uint64_t *rises, *falls; /* by row: bit i is set where cell i + 1 is one more (less) than cell i */
    Memory memory;
} Work;

static bool work_new(Work *w, const Batch *batch, Range range) {
    Longest longest = longest_texts(batch, range);
    Memory *memory = &w->memory;
    size_t most = longest_text(longest) + 1;
    size_t reference = longest.reference < MOST_REFERENCE ? longest.reference : MOST_REFERENCE;
    size_t blocks = reference / 64 + 1, cells = longest.candidate * blocks;
    if (cells > MOST_CELLS / 64 + longest.candidate) cells = MOST_CELLS / 64 + longest.candidate;
    w->tokens = memory_take(memory, most, sizeof *w->tokens);
    w->reference = memory_take(memory, most, sizeof *w->reference);
    w->candidate = memory_take(memory, most, sizeof *w->candidate);
    w->matches = memory_take(memory, (reference + 1) * blocks, sizeof *w->matches);
    w->rises = memory_take(memory, cells + 1, sizeof *w->rises);
    w->falls = memory_take(memory, cells + 1, sizeof *w->falls);
    size_t words = w->by_character ? 0 : longest.reference;
    vocabulary_new(&w->vocabulary, memory, words, words);
    alphabet_new(&w->alphabet, memory);
    return !memory->failed;
}

/* Symbols of a text: with `add` unknown ones get a number, otherwise 0. False: more than fit. */
static bool symbols_of(Work *w, Text text, bool add, uint32_t *symbols, size_t *count) {
    *count = 0;
    if (!w->by_character) {
        *count = jiwer_words(text, w->tokens);
        for (size_t i = 0; i < *count; i++)
            symbols[i] = add ? vocabulary_add(&w->vocabulary, w->tokens[i], w->tokens->bytes) : vocabulary_find(&w->vocabulary, w->tokens[i], w->tokens->bytes);
        return true;
    }
    Alphabet *a = &w->alphabet;
    text = strip(text);
    for (size_t at = 0; at < text.length;) {
        uint32_t c = next_char(text, &at);
        if (add && !a->number[c]) {
            if (a->size == MOST_CHARS) return false;
            a->added[a->size++] = c;
            a->number[c] = (uint16_t)a->size;
        }
        symbols[(*count)++] = a->number[c];
    }
    return true;
}

/* The matrix's rows, by their differences. Bits beyond the reference hold nothing of meaning. */
static void fill_rows(Work *w, Run candidate, size_t blocks) {
    const uint64_t *rise = NULL, *fall = NULL;
    for (size_t row = 0; row < candidate.count; row++) {
        const uint64_t *match = w->matches + candidate.symbols[row] * blocks;
        uint64_t *next_rise = w->rises + row * blocks, *next_fall = w->falls + row * blocks;
        uint64_t up_in = 1, down_in = 0;
        for (size_t b = 0; b < blocks; b++) {
            uint64_t plus = rise ? rise[b] : ~(uint64_t)0, minus = fall ? fall[b] : 0;
            uint64_t x = match[b] | down_in;
            uint64_t diagonal = (((x & plus) + plus) ^ plus) | x | minus;
            uint64_t up = minus | ~(diagonal | plus), down = diagonal & plus;
            uint64_t up_out = up >> 63, down_out = down >> 63;
            up = up << 1 | up_in;
            down = down << 1 | down_in;
            next_rise[b] = down | ~(diagonal | up);
            next_fall[b] = up & diagonal;
            up_in = up_out;
            down_in = down_out;
        }
        rise = next_rise;
        fall = next_fall;
    }
}

static inline bool bit(const uint64_t *rows, size_t blocks, size_t row, size_t column) {
    return rows[row * blocks + column / 64] >> (column % 64) & 1;
}

/* The way back from the last cell. rapidfuzz's rule among equals: a deletion wherever one is possible, then an
 * insertion where the row before falls (not merely where it would cost the same), then the diagonal. */
static void trace(Work *w, Run reference, Run candidate, size_t blocks, double *edits) {
    size_t column = reference.count, row = candidate.count;
    size_t substitutions = 0, deletions = 0, insertions = 0;
    while (column && row) {
        if (bit(w->rises, blocks, row - 1, column - 1)) {
            deletions++;
            column--;
            continue;
        }
        row--;
        if (row && bit(w->falls, blocks, row - 1, column - 1)) {
            insertions++;
            continue;
        }
        column--;
        substitutions += reference.symbols[column] != candidate.symbols[row];
    }
    edits[0] = (double)substitutions;
    edits[1] = (double)(deletions + column);
    edits[2] = (double)(insertions + row);
}

/* Takes off what both start with, then what both end with, as rapidfuzz does before it aligns. */
static void strip_common(Run *a, Run *b) {
    while (a->count && b->count && a->symbols[0] == b->symbols[0]) {
        a->symbols++, a->count--;
        b->symbols++, b->count--;
    }
    while (a->count && b->count && a->symbols[a->count - 1] == b->symbols[b->count - 1]) {
        a->count--;
        b->count--;
    }
}

static void write_row(Work *w, Run reference, Run candidate, double *row) {
    size_t words = reference.count;
    strip_common(&reference, &candidate);
    if (words > MOST_REFERENCE || reference.count * candidate.count >= MOST_CELLS) {
        row[0] = LEFT_TO_LIBRARY;
        return;
    }
    size_t blocks = reference.count / 64 + 1;
    for (size_t i = 0; i < candidate.count; i++)
        memset(w->matches + candidate.symbols[i] * blocks, 0, blocks * sizeof *w->matches);
    for (size_t i = 0; i < reference.count; i++)
        memset(w->matches + reference.symbols[i] * blocks, 0, blocks * sizeof *w->matches);
    for (size_t i = 0; i < reference.count; i++)
        w->matches[reference.symbols[i] * blocks + i / 64] |= (uint64_t)1 << (i % 64);
    fill_rows(w, candidate, blocks);
    trace(w, reference, candidate, blocks, row + 1);
    row[0] = (double)words - row[1] - row[2];
}

/* Reads a reference: its symbols, and numbers for them. */
static bool read_reference(Work *w, Text text, size_t *count) {
    alphabet_clear(&w->alphabet);
    if (!w->by_character) vocabulary_clear(&w->vocabulary, text.length);
    return symbols_of(w, text, true, w->reference, count);
}

/* Rows of hits, substitutions, deletions and insertions against the reference with the lowest rate, the first of
 * equals. A row that starts with LEFT_TO_LIBRARY is not counted. */
EXPORT int evalkit_edits(const Batch *batch, Range range, int by_character, int rate, double *rows) {
    Work w = {.by_character = by_character != 0};
    bool ready = work_new(&w, batch, range);
    for (int64_t s = range.first; ready && s < range.end; s++) {
        bool first = true;
        for (int64_t r = 0; r < batch->reference_count; r++) {
            if (!has_text(batch, r, s)) continue;
            size_t words;
            bool fits = read_reference(&w, text_at(&batch->references[r], s), &words);
            for (int64_t y = 0; y < batch->system_count; y++) {
                double *row = row_at(batch, rows, y, s, 4), new[4] = {LEFT_TO_LIBRARY, 0, 0, 0};
                Run reference = {w.reference, words}, candidate = {w.candidate, 0};
                if (fits) {
                    symbols_of(&w, text_at(&batch->systems[y], s), false, w.candidate, &candidate.count);
                    write_row(&w, reference, candidate, new);
                }
                /* One that is left to the library leaves all to it. */
                bool better = first || new[0] < 0 || (row[0] >= 0 && error_rate(rate, new) < error_rate(rate, row));
                if (better) memcpy(row, new, sizeof new);
            }
            first = false;
        }
    }
    memory_free(&w.memory);
    return ready ? DONE : OUT_OF_MEMORY;
}
