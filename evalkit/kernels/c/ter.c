/* TER rows: sacrebleu's TER._compute_segment_statistics and lib_ter.py, its limits and tie rules included.
 *
 * Edit distance with shifts: as long as moving a run of candidate words somewhere else lowers the edit distance
 * to the reference, the best such move is made and costs one edit.
 *
 * The edit distance is one inside a beam: row i (the first i candidate words) has cells only for the reference
 * positions first[i] .. end[i] - 1, 25 to either side of the diagonal; a cell outside is infinitely far, also
 * where the cheapest way leads through it. So a row has at most 50 cells, and fits into 64-bit words: one bit
 * says that a cell is one more than its left neighbour, another that it is one less (Myers 1999). See `next_row`.
 *
 * Where the candidate is over 50 times shorter than the reference, sacrebleu widens the beam. Such rows are kept as
 * plain numbers (`wide`); there are so few of them that it costs little.
 */
#include "kernel.h"

/* lib_ter.py: _BEAM_WIDTH, _MAX_SHIFT_SIZE, _MAX_SHIFT_DIST, _MAX_SHIFT_CANDIDATES. */
enum { BEAM = 25, LONGEST_SHIFT = 10, FARTHEST_SHIFT = 50, MOST_CANDIDATES = 1000 };

/* Bit sets of positions are kept for all words of a reference where they take at most so many 64-bit words. */
#define MOST_POSITION_SETS (1 << 16)
#define INFINITE INT64_MAX

/* A row of the beam. Bit b belongs to the cell of reference position first[i] + b. */
typedef struct {
    uint64_t rises, falls; /* cell b is one more (less) than cell b - 1 */
    int64_t corner;        /* value of cell 0 */
} Row;

/* Where the beam is in a row, and what of the step into the row depends on that alone. */
typedef struct {
    int64_t first, end; /* cells first .. end - 1 */
    int64_t moved;      /* first, less that of the row above */
    uint64_t matchable; /* cells whose upper left neighbour is in the beam */
    uint64_t beyond;    /* bits right of the beam */
} Beam;

typedef struct {
    Vocabulary vocabulary;
    Text *tokens;
    Rules split;
    uint32_t *reference, *candidate, *moved;
    int64_t reference_count, candidate_count;
    uint64_t *positions; /* bit sets by word, position 0 (before the first word) never set */
    int64_t position_blocks; /* 0: not kept */
    Beam *beam;
    Row *rows;
    int64_t wide; /* most cells in a row of numbers; 0: rows are bits */
    int64_t *cells, *wide_row[2]; /* row i is at cells + (i - 1) * wide */
    uint8_t *candidate_wrong, *reference_wrong;
    int64_t *aligned; /* by reference word: the last candidate word used up with it, -1 before the first */
    uint32_t *tried, tries;
} Work;

static bool work_new(Work *w, Longest longest) {
    size_t candidate = longest.candidate + 2, reference = longest.reference + 2;
    size_t most = longest_text(longest) + 1;
    w->split = rules_of(TOK_NONE);
    w->tokens = malloc(most * sizeof *w->tokens);
    w->reference = malloc(reference * sizeof *w->reference);
    w->candidate = malloc(candidate * sizeof *w->candidate);
    w->moved = malloc(candidate * sizeof *w->moved);
    w->positions = malloc((MOST_POSITION_SETS + 1) * sizeof *w->positions);
    w->beam = malloc(candidate * sizeof *w->beam);
    w->rows = malloc(candidate * sizeof *w->rows);
    /* Rows of numbers: at most m + 52 n cells, and 50 n < m. */
    w->cells = malloc((3 * reference + 64) * sizeof *w->cells);
    w->wide_row[0] = malloc((reference + 64) * sizeof *w->cells);
    w->wide_row[1] = malloc((reference + 64) * sizeof *w->cells);
    w->candidate_wrong = malloc(candidate);
    w->reference_wrong = malloc(reference);
    w->aligned = malloc(reference * sizeof *w->aligned);
    w->tried = calloc((LONGEST_SHIFT + 1) * candidate, sizeof *w->tried);
    bool words = vocabulary_new(&w->vocabulary, longest.reference, longest.reference);
    return words && w->tokens && w->reference && w->candidate && w->moved && w->positions && w->beam && w->rows &&
           w->cells && w->wide_row[0] && w->wide_row[1] && w->candidate_wrong && w->reference_wrong && w->aligned && w->tried;
}

static void work_free(Work *w) {
    vocabulary_free(&w->vocabulary);
    free(w->tokens);
    free(w->reference);
    free(w->candidate);
    free(w->moved);
    free(w->positions);
    free(w->beam);
    free(w->rows);
    free(w->cells);
    free(w->wide_row[0]);
    free(w->wide_row[1]);
    free(w->candidate_wrong);
    free(w->reference_wrong);
    free(w->aligned);
    free(w->tried);
}

/* ---- the beam ------------------------------------------------------------------------------------ */

static inline uint64_t bits_from(int64_t b) {
    return b < 64 ? ~(uint64_t)0 << b : 0;
}

/* BeamEditDistance._edit_distance: the cells of each row. */
static void lay_beam(Work *w) {
    const int64_t n = w->candidate_count, m = w->reference_count;
    const double ratio = (double)m / (double)n;
    int64_t reach = BEAM;
    w->wide = 0;
    if (BEAM < ratio / 2) {
        reach = (int64_t)(ratio / 2 + BEAM);
        if ((double)reach < ratio / 2 + BEAM) reach++;
        w->wide = 2 * reach < m + 1 ? 2 * reach : m + 1;
    }
    w->beam[0] = (Beam){0, m + 1, 0, 0, 0};
    for (int64_t i = 1; i <= n; i++) {
        int64_t diagonal = (int64_t)((double)i * ratio);
        const Beam above = w->beam[i - 1];
        Beam beam = {diagonal - reach, diagonal + reach, 0, 0, 0};
        if (beam.first < 0) beam.first = 0;
        if (beam.end > m + 1 || i == n) beam.end = m + 1;
        beam.moved = beam.first - above.first;
        int64_t low = above.first + 1 - beam.first, high = above.end - beam.first;
        beam.matchable = bits_from(low > 0 ? low : 0) & ~bits_from(high + 1);
        beam.beyond = bits_from(beam.end - beam.first);
        w->beam[i] = beam;
    }
}

/* Bit b: reference position `first` + b holds this word (positions count from 1). */
static inline uint64_t matches_from(const Work *w, uint32_t word, int64_t first) {
    if (!word) return 0;
    if (w->position_blocks) {
        const uint64_t *set = w->positions + (int64_t)word * w->position_blocks + first / 64;
        int offset = (int)(first % 64);
        return offset ? set[0] >> offset | set[1] << (64 - offset) : set[0];
    }
    uint64_t bits = 0;
    int64_t last = first + 2 * BEAM < w->reference_count ? first + 2 * BEAM : w->reference_count;
    for (int64_t j = first ? first : 1; j <= last; j++)
        bits |= (uint64_t)(w->reference[j - 1] == word) << (j - first);
    return bits;
}

/* Row i from the row above and candidate word i.
 *
 * The recurrence is Myers's for the whole matrix. The beam's edges come in by giving the cells outside values
 * that can never win against one inside: left of the beam a row falls towards it by one a cell, right of it it
 * rises by one a cell, and a match does not count where its upper left neighbour is outside. Then a way through
 * outside cells is at least as long as the one along the edge, so every cell inside has the value it would have
 * with infinity around. (Row 0 has all cells, each one more than the one before.) */
static inline Row next_row(const Work *w, Row row, int64_t i, uint32_t word) {
    const Beam *beam = &w->beam[i];
    for (int64_t b = 1; b <= beam->moved; b++) row.corner += (int64_t)(row.rises >> b & 1) - (int64_t)(row.falls >> b & 1);
    uint64_t rises = row.rises, falls = row.falls;
    if (beam->moved) {
        rises = rises >> beam->moved | bits_from(64 - beam->moved);
        falls >>= beam->moved;
    }
    uint64_t match = matches_from(w, word, beam->first) & beam->matchable;
    uint64_t diagonal = (((match & rises) + rises) ^ rises) | match | falls;
    uint64_t up = falls | ~(diagonal | rises), down = rises & diagonal;
    row.corner += (int64_t)(up & 1) - (int64_t)(down & 1);
    up = up << 1 | 1;
    down <<= 1;
    row.rises = ((down | ~(diagonal | up)) | beam->beyond) & ~(uint64_t)1;
    row.falls = ((up & diagonal) & ~beam->beyond) | 1;
    return row;
}

/* A cell of a row of numbers, `row` being row i; INFINITE outside the beam. */
static int64_t wide_cell(const Work *w, const int64_t *row, int64_t i, int64_t j) {
    if (i == 0) return j;
    return j < w->beam[i].first || j >= w->beam[i].end ? INFINITE : row[j - w->beam[i].first];
}

/* Row i in numbers, from the row above and candidate word i. */
static void next_wide_row(const Work *w, const int64_t *above, int64_t i, uint32_t word, int64_t *row) {
    const Beam *beam = &w->beam[i];
    int64_t left = INFINITE, corner = beam->first > 0 ? wide_cell(w, above, i - 1, beam->first - 1) : INFINITE;
    for (int64_t j = beam->first; j < beam->end; j++) {
        int64_t up = wide_cell(w, above, i - 1, j), cost = INFINITE;
        if (corner != INFINITE) cost = corner + (w->reference[j - 1] != word);
        if (up != INFINITE && up + 1 < cost) cost = up + 1;
        if (left != INFINITE && left + 1 < cost) cost = left + 1;
        row[j - beam->first] = left = cost;
        corner = up;
    }
}

/* A cell's value. */
static int64_t cost_at(const Work *w, int64_t i, int64_t j) {
    if (i == 0) return j;
    const Beam *beam = &w->beam[i];
    if (j < beam->first || j >= beam->end) return INFINITE;
    if (w->wide) return w->cells[(i - 1) * w->wide + j - beam->first];
    uint64_t upto = ~bits_from(j - beam->first + 1) & ~(uint64_t)1;
    const Row *row = &w->rows[i];
    return row->corner + count_bits(row->rises & upto) - count_bits(row->falls & upto);
}

static int64_t last_cost(const Work *w, Row row) {
    uint64_t upto = ~bits_from(w->reference_count - w->beam[w->candidate_count].first + 1) & ~(uint64_t)1;
    return row.corner + count_bits(row.rises & upto) - count_bits(row.falls & upto);
}

/* Rows after row `from`; returns the edit distance. */
static int64_t fill_rows(Work *w, int64_t from) {
    if (w->wide) {
        for (int64_t i = from + 1; i <= w->candidate_count; i++) {
            int64_t *row = w->cells + (i - 1) * w->wide;
            next_wide_row(w, i > 1 ? row - w->wide : NULL, i, w->candidate[i - 1], row);
        }
        return cost_at(w, w->candidate_count, w->reference_count);
    }
    w->rows[0] = (Row){~(uint64_t)1, 1, 0};
    for (int64_t i = from + 1; i <= w->candidate_count; i++)
        w->rows[i] = next_row(w, w->rows[i - 1], i, w->candidate[i - 1]);
    return last_cost(w, w->rows[w->candidate_count]);
}

/* The way back: which words are wrong, and what each reference word is aligned with (_flip_trace and
 * trace_to_alignment). Among equals sacrebleu takes the diagonal, then the candidate word alone, then the
 * reference word alone. */
static void align(Work *w) {
    int64_t i = w->candidate_count, j = w->reference_count;
    int64_t here = cost_at(w, i, j);
    while (i > 0 || j > 0) {
        int64_t diagonal = i > 0 && j > 0 ? cost_at(w, i - 1, j - 1) : INFINITE;
        int64_t above = i > 0 ? cost_at(w, i - 1, j) : INFINITE;
        if (diagonal != INFINITE) {
            bool wrong = w->candidate[i - 1] != w->reference[j - 1];
            if (here == diagonal + wrong) {
                w->candidate_wrong[--i] = wrong;
                w->reference_wrong[--j] = wrong;
                w->aligned[j] = i;
                here = diagonal;
                continue;
            }
        }
        if (above != INFINITE && here == above + 1) {
            w->candidate_wrong[--i] = 1;
            here = above;
        } else {
            w->reference_wrong[--j] = 1;
            w->aligned[j] = i - 1;
            here--;
        }
    }
}

/* ---- shifts -------------------------------------------------------------------------------------- */

typedef struct {
    int64_t start, length, target; /* candidate words start .. start + length - 1 go before word `target` */
    int64_t gain;
} Shift;

/* _perform_shift: writes the words that change places to `out` and says where they are. */
static void shifted(const Work *w, Shift s, uint32_t *out, int64_t *low, int64_t *high) {
    const uint32_t *words = w->candidate;
    int64_t after = s.start + s.length, from, to; /* the words that make room: from .. to - 1 */
    bool forward = s.target >= s.start;
    if (!forward) {
        from = s.target;
        to = s.start;
    } else {
        from = after;
        /* A target inside the run itself counts from the words without the run: so it moves on by its length. */
        to = s.target > after ? s.target : s.target + s.length;
        if (to > w->candidate_count) to = w->candidate_count;
    }
    *low = forward ? s.start : from;
    *high = forward ? to : after;
    size_t run = (size_t)s.length * sizeof *out, others = (size_t)(to - from) * sizeof *out;
    memcpy(forward ? out + (to - from) : out, words + s.start, run);
    memcpy(forward ? out : out + s.length, words + from, others);
}

/* The edit distance after a shift, `distance` being the one before. Rows above the first moved word stay as they
 * are; and once a row below the last one has the differences it had before, so have all that follow. */
static int64_t distance_after(Work *w, Shift s, int64_t distance) {
    int64_t low, high;
    shifted(w, s, w->moved, &low, &high);
    if (w->wide) {
        const int64_t *above = low ? w->cells + (low - 1) * w->wide : NULL;
        for (int64_t i = low + 1; i <= w->candidate_count; i++) {
            int64_t *row = w->wide_row[i % 2];
            next_wide_row(w, above, i, i <= high ? w->moved[i - 1 - low] : w->candidate[i - 1], row);
            above = row;
        }
        return wide_cell(w, above, w->candidate_count, w->reference_count);
    }
    Row row = w->rows[low];
    for (int64_t i = low + 1; i <= high; i++) row = next_row(w, row, i, w->moved[i - 1 - low]);
    for (int64_t i = high;; i++) {
        const Row *old = &w->rows[i];
        if (row.rises == old->rises && row.falls == old->falls) return distance + row.corner - old->corner;
        if (i == w->candidate_count) return last_cost(w, row);
        row = next_row(w, row, i + 1, w->candidate[i]);
    }
}

/* _shift ranks: the most gain, then the longest run, then the first run, then the first target. */
static bool ranks_before(Shift a, Shift b) {
    if (a.gain != b.gain) return a.gain > b.gain;
    if (a.length != b.length) return a.length > b.length;
    if (a.start != b.start) return a.start < b.start;
    return a.target < b.target;
}

/* Tries the targets for one run that stands in the reference at `at`: before the word aligned with the reference
 * word ahead of it, and behind the words aligned with each of its own. Counts like sacrebleu, which tries a move
 * again for each place in the reference that suggests it; here it is measured once. */
static int64_t try_targets(Work *w, Shift shift, int64_t at, int64_t distance, Shift *best) {
    int64_t checked = 0, before = -1;
    for (int64_t offset = -1; offset < shift.length && at + offset < w->reference_count; offset++) {
        shift.target = at + offset == -1 ? 0 : w->aligned[at + offset] + 1;
        if (shift.target == before) continue;
        before = shift.target;
        checked++;
        uint32_t *tried = &w->tried[shift.length * (w->candidate_count + 1) + shift.target];
        if (*tried == w->tries) continue;
        *tried = w->tries;
        shift.gain = distance - distance_after(w, shift, distance);
        if (!best->length || ranks_before(shift, *best)) *best = shift;
    }
    return checked;
}

/* A new mark for `tried`. */
static void forget_tries(Work *w, size_t entries) {
    if (++w->tries) return;
    memset(w->tried, 0, entries * sizeof *w->tried);
    w->tries = 1;
}

/* The first of the reference words `at` .. `last` that is this word; some number above `last` if there is none. */
static int64_t next_place(const Work *w, uint32_t word, int64_t at, int64_t last) {
    enum { WIDTH = 2 * BEAM }; /* what `matches_from` surely gives */
    for (; at <= last; at += WIDTH) {
        uint64_t bits = matches_from(w, word, at + 1) & ~bits_from(WIDTH);
        if (bits) return at + count_bits((bits & (0 - bits)) - 1);
    }
    return at;
}

/* _find_shifted_pairs and _shift: the best shift, of length 0 if there is none; `checked` goes on counting the
 * candidates over all shifts of this pair of texts, and the search ends where it reaches the limit. */
static Shift best_shift(Work *w, int64_t distance, int64_t *checked, size_t tried_entries) {
    const int64_t n = w->candidate_count, m = w->reference_count;
    Shift best = {0, 0, 0, 0};
    for (int64_t start = 0; start < n; start++) {
        uint32_t word = w->candidate[start];
        if (!word) continue; /* not in the reference */
        forget_tries(w, tried_entries);
        int64_t first = start > FARTHEST_SHIFT ? start - FARTHEST_SHIFT : 0;
        int64_t last = start + FARTHEST_SHIFT < m - 1 ? start + FARTHEST_SHIFT : m - 1;
        for (int64_t at = next_place(w, word, first, last); at <= last; at = next_place(w, word, at + 1, last)) {
            bool candidate_wrong = false, reference_wrong = false;
            for (int64_t k = 0; k < LONGEST_SHIFT && start + k < n && at + k < m; k++) {
                if (w->candidate[start + k] != w->reference[at + k]) break;
                candidate_wrong |= w->candidate_wrong[start + k];
                reference_wrong |= w->reference_wrong[at + k];
                /* Both sides must have something to mend, and the run must not be where it belongs already. */
                bool in_place = start <= w->aligned[at] && w->aligned[at] <= start + k;
                if (!candidate_wrong || !reference_wrong || in_place) continue;
                *checked += try_targets(w, (Shift){start, k + 1, 0, 0}, at, distance, &best);
                if (*checked >= MOST_CANDIDATES) return best;
            }
        }
    }
    return best;
}

/* translation_edit_rate: shifts as long as they help, then the edits that remain. A search that reaches the limit
 * of candidates ends the shifts without making its own. */
static int64_t edits_with_shifts(Work *w, size_t tried_entries) {
    int64_t shifts = 0, checked = 0, from = 0;
    for (;;) {
        int64_t distance = fill_rows(w, from);
        if (!distance) return shifts;
        align(w);
        Shift best = best_shift(w, distance, &checked, tried_entries);
        if (checked >= MOST_CANDIDATES || !best.length || best.gain <= 0) return shifts + distance;
        int64_t high;
        shifted(w, best, w->moved, &from, &high);
        memcpy(w->candidate + from, w->moved, (size_t)(high - from) * sizeof *w->moved);
        shifts++;
    }
}

/* ---- texts --------------------------------------------------------------------------------------- */

static int64_t read_words(Work *w, Text text, bool add, uint32_t *numbers) {
    size_t n = tokenise(&w->split, text, NULL, w->tokens);
    for (size_t i = 0; i < n; i++)
        numbers[i] = add ? vocabulary_add(&w->vocabulary, w->tokens[i]) : vocabulary_find(&w->vocabulary, w->tokens[i]);
    return (int64_t)n;
}

static void read_reference(Work *w, Text text) {
    vocabulary_clear(&w->vocabulary, text.length);
    w->reference_count = read_words(w, text, true, w->reference);
    /* One block more than the positions need: `matches_from` reads two. */
    int64_t blocks = w->reference_count / 64 + 2, sets = (int64_t)w->vocabulary.size + 1;
    w->position_blocks = blocks * sets <= MOST_POSITION_SETS ? blocks : 0;
    if (!w->position_blocks) return;
    memset(w->positions, 0, (size_t)(blocks * sets) * sizeof *w->positions);
    for (int64_t j = 1; j <= w->reference_count; j++)
        w->positions[(int64_t)w->reference[j - 1] * blocks + j / 64] |= (uint64_t)1 << (j % 64);
}

/* Edits of one candidate against the reference that was read last. */
static double edits(Work *w, Text candidate, size_t tried_entries) {
    w->candidate_count = read_words(w, candidate, false, w->candidate);
    if (!w->reference_count) return (double)w->candidate_count;
    if (!w->candidate_count) return (double)w->reference_count;
    lay_beam(w);
    return (double)edits_with_shifts(w, tried_entries);
}

/* Rows of the fewest edits over the references and their mean length. Texts come normalised and lower-cased as the
 * options ask; words are what white space divides. */
EXPORT int evalkit_ter(const Batch *batch, Range range, double *rows) {
    Work w = {.tries = 0};
    Longest longest = longest_texts(batch, range);
    bool ready = work_new(&w, longest);
    size_t tried_entries = (LONGEST_SHIFT + 1) * (longest.candidate + 2);
    for (int64_t s = range.first; ready && s < range.end; s++) {
        int64_t count = 0, length = 0;
        for (int64_t r = 0; r < batch->reference_count; r++) {
            if (!has_text(batch, r, s)) continue;
            read_reference(&w, text_at(&batch->references[r], s));
            length += w.reference_count;
            count++;
            for (int64_t y = 0; y < batch->system_count; y++) {
                double *row = row_at(batch, rows, y, s, 2);
                double found = edits(&w, text_at(&batch->systems[y], s), tried_entries);
                if (count == 1 || found < row[0]) row[0] = found;
            }
        }
        for (int64_t y = 0; y < batch->system_count; y++)
            row_at(batch, rows, y, s, 2)[1] = (double)length / (double)count;
    }
    work_free(&w);
    return ready ? DONE : OUT_OF_MEMORY;
}
