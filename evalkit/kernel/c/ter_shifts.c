/* TER's shifts: sacrebleu's lib_ter.py, its limits and tie rules included.
 *
 * As long as moving a run of candidate words somewhere else lowers the edit distance to the reference, the best such
 * move is made and costs one edit.
 */
#include "ter.h"

/* _perform_shift: writes the words that change places to `out` and says where they are. */
void ter_shifted(const Ter *t, Shift s, uint32_t *out, int64_t *low, int64_t *high) {
    const uint32_t *words = t->candidate;
    int64_t after = s.start + s.length, from, to; /* the words that make room: from .. to - 1 */
    bool forward = s.target >= s.start;
    if (!forward) {
        from = s.target;
        to = s.start;
    } else {
        from = after;
        /* A target inside the run itself counts from the words without the run: so it moves on by its length. */
        to = s.target > after ? s.target : s.target + s.length;
        if (to > t->candidate_count) to = t->candidate_count;
    }
    *low = forward ? s.start : from;
    *high = forward ? to : after;
    size_t run = (size_t)s.length * sizeof *out, others = (size_t)(to - from) * sizeof *out;
    memcpy(forward ? out + (to - from) : out, words + s.start, run);
    memcpy(forward ? out : out + s.length, words + from, others);
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
static int64_t try_targets(Ter *t, Shift shift, int64_t at, int64_t distance, Shift *best) {
    int64_t checked = 0, before = -1;
    for (int64_t offset = -1; offset < shift.length && at + offset < t->reference_count; offset++) {
        shift.target = at + offset == -1 ? 0 : t->aligned[at + offset] + 1;
        if (shift.target == before) continue;
        before = shift.target;
        checked++;
        uint32_t *tried = &t->tried[shift.length * (t->candidate_count + 1) + shift.target];
        if (*tried == t->tries) continue;
        *tried = t->tries;
        shift.gain = distance - ter_distance_after(t, shift, distance);
        if (!best->length || ranks_before(shift, *best)) *best = shift;
    }
    return checked;
}

/* A new mark for `tried`. */
static void forget_tries(Ter *t) {
    if (++t->tries) return;
    memset(t->tried, 0, t->tried_entries * sizeof *t->tried);
    t->tries = 1;
}

/* The first of the reference words `at` .. `last` that is this word; some number above `last` if there is none. */
static int64_t next_place(const Ter *t, uint32_t word, int64_t at, int64_t last) {
    enum { WIDTH = 2 * BEAM }; /* what `matches_from` surely gives */
    for (; at <= last; at += WIDTH) {
        uint64_t bits = matches_from(t, word, at + 1) & ~bits_from(WIDTH);
        if (bits) return at + count_bits((bits & (0 - bits)) - 1);
    }
    return at;
}

/* _find_shifted_pairs and _shift: the best shift, of length 0 if there is none; `checked` goes on counting the
 * candidates over all shifts of this pair of texts, and the search ends where it reaches the limit. */
static Shift best_shift(Ter *t, int64_t distance, int64_t *checked) {
    const int64_t n = t->candidate_count, m = t->reference_count;
    Shift best = {0, 0, 0, 0};
    for (int64_t start = 0; start < n; start++) {
        uint32_t word = t->candidate[start];
        if (!word) continue; /* not in the reference */
        forget_tries(t);
        int64_t first = start > FARTHEST_SHIFT ? start - FARTHEST_SHIFT : 0;
        int64_t last = start + FARTHEST_SHIFT < m - 1 ? start + FARTHEST_SHIFT : m - 1;
        for (int64_t at = next_place(t, word, first, last); at <= last; at = next_place(t, word, at + 1, last)) {
            bool candidate_wrong = false, reference_wrong = false;
            for (int64_t k = 0; k < LONGEST_SHIFT && start + k < n && at + k < m; k++) {
                if (t->candidate[start + k] != t->reference[at + k]) break;
                candidate_wrong |= t->candidate_wrong[start + k];
                reference_wrong |= t->reference_wrong[at + k];
                /* Both sides must have something to mend, and the run must not be where it belongs already. */
                bool in_place = start <= t->aligned[at] && t->aligned[at] <= start + k;
                if (!candidate_wrong || !reference_wrong || in_place) continue;
                *checked += try_targets(t, (Shift){start, k + 1, 0, 0}, at, distance, &best);
                if (*checked >= MOST_CANDIDATES) return best;
            }
        }
    }
    return best;
}

/* translation_edit_rate: shifts as long as they help, then the edits that remain. A search that reaches the limit
 * of candidates ends the shifts without making its own. */
int64_t ter_edits_with_shifts(Ter *t) {
    int64_t shifts = 0, checked = 0, from = 0;
    for (;;) {
        int64_t distance = ter_distance(t, from);
        if (!distance) return shifts;
        ter_align(t);
        Shift best = best_shift(t, distance, &checked);
        if (checked >= MOST_CANDIDATES || !best.length || best.gain <= 0) return shifts + distance;
        int64_t high;
        ter_shifted(t, best, t->moved, &from, &high);
        memcpy(t->candidate + from, t->moved, (size_t)(high - from) * sizeof *t->moved);
        shifts++;
    }
}
