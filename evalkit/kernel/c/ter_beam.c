/* TER's edit distance: sacrebleu's BeamEditDistance, its beam and its rules among equals included.
 *
 * Row i (the first i candidate words) has cells only for the reference positions first .. end - 1 of its `Beam`, 25 to
 * either side of the diagonal; a cell outside is infinitely far, also where the cheapest way leads through it. So a row
 * has at most 50 cells, and fits into 64-bit words: one bit says that a cell is one more than its left neighbour,
 * another that it is one less (Myers 1999). See `next_row`.
 *
 * Where the candidate is over 50 times shorter than the reference, sacrebleu widens the beam. Such rows are kept as
 * plain numbers (`wide`); there are so few of them that it costs little.
 */
#include "ter.h"

#define INFINITE INT64_MAX

/* BeamEditDistance._edit_distance: the cells of each row. */
void ter_lay_beam(Ter *t) {
    const int64_t n = t->candidate_count, m = t->reference_count;
    const double ratio = (double)m / (double)n;
    int64_t reach = BEAM;
    t->wide = 0;
    if (BEAM < ratio / 2) {
        reach = (int64_t)(ratio / 2 + BEAM);
        if ((double)reach < ratio / 2 + BEAM) reach++;
        t->wide = 2 * reach < m + 1 ? 2 * reach : m + 1;
    }
    t->beam[0] = (Beam){0, m + 1, 0, 0, 0};
    for (int64_t i = 1; i <= n; i++) {
        int64_t diagonal = (int64_t)((double)i * ratio);
        const Beam above = t->beam[i - 1];
        Beam beam = {diagonal - reach, diagonal + reach, 0, 0, 0};
        if (beam.first < 0) beam.first = 0;
        if (beam.end > m + 1 || i == n) beam.end = m + 1;
        beam.moved = beam.first - above.first;
        int64_t low = above.first + 1 - beam.first, high = above.end - beam.first;
        beam.matchable = bits_from(low > 0 ? low : 0) & ~bits_from(high + 1);
        beam.beyond = bits_from(beam.end - beam.first);
        t->beam[i] = beam;
    }
}

/* Row i from the row above and candidate word i.
 *
 * The recurrence is Myers's for the whole matrix. The beam's edges come in by giving the cells outside values
 * that can never win against one inside: left of the beam a row falls towards it by one a cell, right of it it
 * rises by one a cell, and a match does not count where its upper left neighbour is outside. Then a way through
 * outside cells is at least as long as the one along the edge, so every cell inside has the value it would have
 * with infinity around. (Row 0 has all cells, each one more than the one before.) */
static inline BeamRow next_row(const Ter *t, BeamRow row, int64_t i, uint32_t word) {
    const Beam *beam = &t->beam[i];
    for (int64_t b = 1; b <= beam->moved; b++) row.corner += (int64_t)(row.rises >> b & 1) - (int64_t)(row.falls >> b & 1);
    uint64_t rises = row.rises, falls = row.falls;
    if (beam->moved) {
        rises = rises >> beam->moved | bits_from(64 - beam->moved);
        falls >>= beam->moved;
    }
    uint64_t match = matches_from(t, word, beam->first) & beam->matchable;
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
static int64_t wide_cell(const Ter *t, const int64_t *row, int64_t i, int64_t j) {
    if (i == 0) return j;
    return j < t->beam[i].first || j >= t->beam[i].end ? INFINITE : row[j - t->beam[i].first];
}

/* BeamRow i in numbers, from the row above and candidate word i. */
static void next_wide_row(const Ter *t, const int64_t *above, int64_t i, uint32_t word, int64_t *row) {
    const Beam *beam = &t->beam[i];
    int64_t left = INFINITE, corner = beam->first > 0 ? wide_cell(t, above, i - 1, beam->first - 1) : INFINITE;
    for (int64_t j = beam->first; j < beam->end; j++) {
        int64_t up = wide_cell(t, above, i - 1, j), cost = INFINITE;
        if (corner != INFINITE) cost = corner + (t->reference[j - 1] != word);
        if (up != INFINITE && up + 1 < cost) cost = up + 1;
        if (left != INFINITE && left + 1 < cost) cost = left + 1;
        row[j - beam->first] = left = cost;
        corner = up;
    }
}

/* A cell's value. */
static int64_t cost_at(const Ter *t, int64_t i, int64_t j) {
    if (i == 0) return j;
    const Beam *beam = &t->beam[i];
    if (j < beam->first || j >= beam->end) return INFINITE;
    if (t->wide) return t->cells[(i - 1) * t->wide + j - beam->first];
    uint64_t upto = ~bits_from(j - beam->first + 1) & ~(uint64_t)1;
    const BeamRow *row = &t->rows[i];
    return row->corner + count_bits(row->rises & upto) - count_bits(row->falls & upto);
}

static int64_t last_cost(const Ter *t, BeamRow row) {
    uint64_t upto = ~bits_from(t->reference_count - t->beam[t->candidate_count].first + 1) & ~(uint64_t)1;
    return row.corner + count_bits(row.rises & upto) - count_bits(row.falls & upto);
}

/* Rows after row `from`; returns the edit distance. */
int64_t ter_distance(Ter *t, int64_t from) {
    if (t->wide) {
        for (int64_t i = from + 1; i <= t->candidate_count; i++) {
            int64_t *row = t->cells + (i - 1) * t->wide;
            next_wide_row(t, i > 1 ? row - t->wide : NULL, i, t->candidate[i - 1], row);
        }
        return cost_at(t, t->candidate_count, t->reference_count);
    }
    t->rows[0] = (BeamRow){~(uint64_t)1, 1, 0};
    for (int64_t i = from + 1; i <= t->candidate_count; i++)
        t->rows[i] = next_row(t, t->rows[i - 1], i, t->candidate[i - 1]);
    return last_cost(t, t->rows[t->candidate_count]);
}

/* The way back: which words are wrong, and what each reference word is aligned with (_flip_trace and
 * trace_to_alignment). Among equals sacrebleu takes the diagonal, then the candidate word alone, then the
 * reference word alone. */
void ter_align(Ter *t) {
    int64_t i = t->candidate_count, j = t->reference_count;
    int64_t here = cost_at(t, i, j);
    while (i > 0 || j > 0) {
        int64_t diagonal = i > 0 && j > 0 ? cost_at(t, i - 1, j - 1) : INFINITE;
        int64_t above = i > 0 ? cost_at(t, i - 1, j) : INFINITE;
        if (diagonal != INFINITE) {
            bool wrong = t->candidate[i - 1] != t->reference[j - 1];
            if (here == diagonal + wrong) {
                t->candidate_wrong[--i] = wrong;
                t->reference_wrong[--j] = wrong;
                t->aligned[j] = i;
                here = diagonal;
                continue;
            }
        }
        if (above != INFINITE && here == above + 1) {
            t->candidate_wrong[--i] = 1;
            here = above;
        } else {
            t->reference_wrong[--j] = 1;
            t->aligned[j] = i - 1;
            here--;
        }
    }
}

/* The edit distance after a shift, `distance` being the one before. Rows above the first moved word stay as they
 * are; and once a row below the last one has the differences it had before, so have all that follow. */
int64_t ter_distance_after(Ter *t, Shift s, int64_t distance) {
    int64_t low, high;
    ter_shifted(t, s, t->moved, &low, &high);
    if (t->wide) {
        const int64_t *above = low ? t->cells + (low - 1) * t->wide : NULL;
        for (int64_t i = low + 1; i <= t->candidate_count; i++) {
            int64_t *row = t->wide_row[i % 2];
            next_wide_row(t, above, i, i <= high ? t->moved[i - 1 - low] : t->candidate[i - 1], row);
            above = row;
        }
        return wide_cell(t, above, t->candidate_count, t->reference_count);
    }
    BeamRow row = t->rows[low];
    for (int64_t i = low + 1; i <= high; i++) row = next_row(t, row, i, t->moved[i - 1 - low]);
    for (int64_t i = high;; i++) {
        const BeamRow *old = &t->rows[i];
        if (row.rises == old->rises && row.falls == old->falls) return distance + row.corner - old->corner;
        if (i == t->candidate_count) return last_cost(t, row);
        row = next_row(t, row, i + 1, t->candidate[i]);
    }
}
