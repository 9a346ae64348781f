/* Translation edit rate: what ter.c, ter_beam.c and ter_shifts.c share. */
#ifndef EVALKIT_TER_H
#define EVALKIT_TER_H

#include "kernel.h"

/* lib_ter.py: _BEAM_WIDTH, _MAX_SHIFT_SIZE, _MAX_SHIFT_DIST, _MAX_SHIFT_CANDIDATES. */
enum { BEAM = 25, LONGEST_SHIFT = 10, FARTHEST_SHIFT = 50, MOST_CANDIDATES = 1000 };

/* A row of the beam. Bit b belongs to the cell of reference position first[i] + b. */
typedef struct {
    uint64_t rises, falls; /* cell b is one more (less) than cell b - 1 */
    int64_t corner;        /* value of cell 0 */
} BeamRow;

/* Where the beam is in a row, and what of the step into the row depends on that alone. */
typedef struct {
    int64_t first, end; /* cells first .. end - 1 */
    int64_t moved;      /* first, less that of the row above */
    uint64_t matchable; /* cells whose upper left neighbour is in the beam */
    uint64_t beyond;    /* bits right of the beam */
} Beam;

/* A candidate and a reference as numbers of words, and how they are aligned. */
typedef struct {
    uint32_t *reference, *candidate;
    int64_t reference_count, candidate_count;
    uint64_t *positions;     /* bit sets by word, position 0 (before the first word) never set */
    int64_t position_blocks; /* 0: not kept */
    Beam *beam;
    BeamRow *rows;
    int64_t wide;                 /* most cells in a row of numbers; 0: rows are bits */
    int64_t *cells, *wide_row[2]; /* row i is at cells + (i - 1) * wide */
    bool *candidate_wrong, *reference_wrong;
    int64_t *aligned; /* by reference word: the last candidate word used up with it, -1 before the first */
    uint32_t *moved;  /* words that change places in a shift */
    uint32_t *tried, tries;
    size_t tried_entries;
} Ter;

/* Candidate words start .. start + length - 1 go before word `target`; the edit distance falls by `gain`. */
typedef struct {
    int64_t start, length, target, gain;
} Shift;

static inline uint64_t bits_from(int64_t b) {
    return b < 64 ? ~(uint64_t)0 << b : 0;
}

/* Bit b: reference position `first` + b holds this word (positions count from 1). */
static inline uint64_t matches_from(const Ter *t, uint32_t word, int64_t first) {
    if (!word) return 0;
    if (t->position_blocks) {
        const uint64_t *set = t->positions + (int64_t)word * t->position_blocks + first / 64;
        int offset = (int)(first % 64);
        return offset ? set[0] >> offset | set[1] << (64 - offset) : set[0];
    }
    uint64_t bits = 0;
    int64_t last = first + 2 * BEAM < t->reference_count ? first + 2 * BEAM : t->reference_count;
    for (int64_t j = first ? first : 1; j <= last; j++) bits |= (uint64_t)(t->reference[j - 1] == word) << (j - first);
    return bits;
}

/* Where the beam is, for texts of these lengths. */
void ter_lay_beam(Ter *t);
/* The edit distance; rows up to `from` are as they were. */
int64_t ter_distance(Ter *t, int64_t from);
/* What the candidate would cost after a shift, `distance` being what it costs now. */
int64_t ter_distance_after(Ter *t, Shift shift, int64_t distance);
/* Which words are wrong, and what each reference word is aligned with; after `ter_distance`. */
void ter_align(Ter *t);
/* Edits and shifts that make the reference of the candidate, whose words change places on the way. */
int64_t ter_edits_with_shifts(Ter *t);
/* Writes the words that change places in a shift to `out`, and says where they are. */
void ter_shifted(const Ter *t, Shift shift, uint32_t *out, int64_t *low, int64_t *high);

#endif
