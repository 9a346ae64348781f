/* Scores of rows or of sums of rows, operation by operation as the tools have them, so that the last bit is theirs. */
#include "kernel.h"

#include <math.h>

/* From left to right, each step rounded, as Python's `sum` up to 3.11; see scorers/bleu.py. */
static double running_sum(const double *numbers, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) sum += numbers[i];
    return sum;
}

typedef enum { SMOOTH_NONE, SMOOTH_FLOOR, SMOOTH_ADD_K, SMOOTH_EXP } Smoothing;

typedef struct {
    int order;
    Smoothing method;
    double value;
    bool effective_order;
} BleuScore;

/* BLEU.compute_bleu. The row: candidate length, reference length, matches, candidate n-grams. */
static double bleu_score(const BleuScore *o, const double *row) {
    double length = row[0], reference = row[1], logs[MOST_ORDERS], halved = 1, brevity = 1;
    const double *matches = row + 2, *ngrams = row + 2 + o->order;
    bool any = false;
    for (int k = 0; k < o->order; k++) {
        any |= matches[k] != 0;
        logs[k] = -9999999999.0; /* my_log of 0 */
    }
    if (!any) return 0;
    if (length < reference) brevity = length > 0 ? exp(1 - reference / length) : 0;
    int orders = o->order;
    for (int k = 0; k < o->order; k++) {
        double added = o->method == SMOOTH_ADD_K && k > 0 ? o->value : 0;
        double match = matches[k] + added, all = ngrams[k] + added, precision = 0;
        if (all == 0) break;
        if (o->effective_order) orders = k + 1;
        if (match != 0) {
            precision = 100 * match / all;
        } else if (o->method == SMOOTH_EXP) {
            halved *= 2;
            precision = 100 / (halved * all);
        } else if (o->method == SMOOTH_FLOOR) {
            precision = 100 * o->value / all;
        }
        if (precision != 0) logs[k] = log(precision);
    }
    return brevity * exp(running_sum(logs, orders) / orders);
}

EXPORT void evalkit_bleu_scores(const double *rows, int64_t count, int order, int method, double value,
                                int effective_order, double *scores) {
    BleuScore options = {order, (Smoothing)method, value, effective_order != 0};
    for (int64_t i = 0; i < count; i++) scores[i] = bleu_score(&options, rows + i * (2 + 2 * order));
}

/* CHRF._compute_f_score. */
double f_score(const FScore *o, const double *row) {
    const double eps = 1e-16;
    int effective = 0;
    double score = 0, precision = 0, recall = 0;
    for (int i = 0; i < o->orders; i++) {
        double candidate = row[3 * i], reference = row[3 * i + 1], match = row[3 * i + 2];
        double p = candidate > 0 ? match / candidate : eps;
        double r = reference > 0 ? match / reference : eps;
        double denominator = o->factor * p + r;
        if (o->eps_smoothing) score += denominator > 0 ? o->factor_and_one * p * r / denominator : eps;
        if (candidate > 0 && reference > 0) {
            precision += p;
            recall += r;
            effective++;
        }
    }
    if (o->eps_smoothing) return 100 * score / o->orders;
    if (!effective) return 0;
    precision /= effective;
    recall /= effective;
    if (precision + recall == 0) return 0;
    score = o->factor_and_one * precision * recall;
    score /= o->factor * precision + recall;
    return 100 * score;
}

EXPORT void evalkit_chrf_scores(const double *rows, int64_t count, int orders, int eps_smoothing, double factor,
                                double factor_and_one, double *scores) {
    FScore options = {orders, eps_smoothing != 0, factor, factor_and_one};
    for (int64_t i = 0; i < count; i++) scores[i] = f_score(&options, rows + i * 3 * orders);
}

/* TER._compute_score_from_stats. */
EXPORT void evalkit_ter_scores(const double *rows, int64_t count, double *scores) {
    for (int64_t i = 0; i < count; i++) {
        double edits = rows[2 * i], length = rows[2 * i + 1];
        scores[i] = 100 * (length > 0 ? edits / length : edits > 0 ? 1.0 : 0.0);
    }
}

/* jiwer's formulas, in percent. */
double error_rate(int rate, const double *row) {
    double hits = row[0], substitutions = row[1], deletions = row[2], insertions = row[3];
    double errors = substitutions + deletions + insertions;
    double reference = hits + substitutions + deletions, candidate = hits + substitutions + insertions;
    switch ((Rate)rate) {
        case RATE_MER: return hits + errors > 0 ? 100 * (errors / (hits + errors)) : 0;
        case RATE_WIL:
            if (reference == 0 && candidate == 0) return 0;
            return 100 * (1 - (reference > 0 && candidate > 0 ? (hits / reference) * (hits / candidate) : 0));
        case RATE_WER: break;
    }
    /* Against an empty reference the rate is the number of insertions. */
    return 100 * (reference > 0 ? errors / reference : insertions);
}

EXPORT void evalkit_error_rates(const double *rows, int64_t count, int rate, double *scores) {
    for (int64_t i = 0; i < count; i++) scores[i] = error_rate(rate, rows + 4 * i);
}
