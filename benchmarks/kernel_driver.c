/* Feeds batches of texts from a file to every function of the kernel: for sanitizers and valgrind.
 *
 * A batch in the file: its numbers of systems, references and segments; then by side the number of its bytes, the
 * bounds of its texts and the bytes. All numbers have 64 bits. Each array and each side's bytes are allocated to the last
 * byte, so that a read behind the end is seen. */
#include <stdio.h>

#include "../evalkit/kernel/c/kernel.h"

int evalkit_bleu(const Batch *, Range, int, int, double *);
int evalkit_chrf(const Batch *, Range, int, int, int, int, double, double, double *);
int evalkit_ter(const Batch *, Range, double *);
int evalkit_edits(const Batch *, Range, int, int, double *);
void evalkit_bleu_scores(const double *, int64_t, int, int, double, int, double *);
void evalkit_chrf_scores(const double *, int64_t, int, int, double, double, double *);
void evalkit_ter_scores(const double *, int64_t, double *);
void evalkit_error_rates(const double *, int64_t, int, double *);
int64_t evalkit_lines(const uint8_t *, int64_t, int64_t, int64_t *);
void evalkit_total(const double *, int64_t, int64_t, double *);
int evalkit_words(const uint8_t *, const int64_t *, int64_t, int64_t *, uint64_t *, int64_t *);
int evalkit_likeness(const uint64_t *, const int64_t *, const uint64_t *, const int64_t *, int64_t, double *);

static void *read_exactly(FILE *file, size_t bytes) {
    void *data = malloc(bytes ? bytes : 1);
    if (!data || fread(data, 1, bytes, file) != bytes) exit(2);
    return data;
}

static double *doubles(size_t count) {
    double *numbers = malloc(count * sizeof *numbers);
    if (!numbers) exit(2);
    return numbers;
}

/* A number that depends on all of them; reading them shows what was not written. Frees them. */
static double sum_of(double *numbers, size_t count) {
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        if (numbers[i] > 0 && numbers[i] < 1e300) sum += numbers[i];
    free(numbers);
    return sum;
}

/* Rows in two calls, as two threads would, and what is computed of rows. */
#define COUNT(width, call, scores_call)                                        \
    do {                                                                       \
        double *rows = doubles(count * (size_t)(width)), *scores = doubles(count), *total = doubles((size_t)(width)); \
        for (int half = 0; half < 2; half++) {                                 \
            Range range = half ? (Range){b->segments / 2, b->segments} : (Range){0, b->segments / 2}; \
            if (call != DONE) exit(3);                                         \
        }                                                                      \
        scores_call;                                                           \
        evalkit_total(rows, (int64_t)count, width, total);                     \
        sum += sum_of(scores, count) + sum_of(rows, count * (size_t)(width)) + sum_of(total, (size_t)(width)); \
    } while (0)

/* Words and stems of a side's texts, one behind the other in a buffer without a byte to spare, and how like each
 * text is to the one after it. */
static double run_words(const Side *side, int64_t texts) {
    size_t size = 0, count = (size_t)texts;
    int64_t *start = malloc((count + 1) * sizeof *start), *stop = malloc((count + 1) * sizeof *stop);
    int64_t *words = malloc((count + 1) * sizeof *words);
    if (!start || !stop || !words) exit(2);
    for (size_t t = 0; t < count; t++) {
        int64_t length = side->bounds[2 * t + 1] - side->bounds[2 * t];
        start[t] = (int64_t)size;
        size += length > 0 ? (size_t)length : 0;
    }
    start[count] = (int64_t)size;
    uint8_t *bytes = malloc(size ? size : 1);
    uint64_t *stems = malloc((size / 2 + count + 1) * sizeof *stems);
    if (!bytes || !stems) exit(2);
    for (size_t t = 0; t < count; t++)
        if (start[t + 1] > start[t])
            memcpy(bytes + start[t], side->bytes + side->bounds[2 * t], (size_t)(start[t + 1] - start[t]));
    double sum = 0, *likeness = doubles(count + 1);
    for (int with_stems = 0; with_stems < 2; with_stems++) {
        if (evalkit_words(bytes, start, texts, words, with_stems ? stems : NULL, stop) != DONE) exit(3);
        for (size_t t = 0; t < count; t++) sum += (double)words[t];
    }
    if (texts > 1) {
        evalkit_likeness(stems, stop, stems, stop + 1, texts - 1, likeness);
        for (size_t t = 0; t + 1 < count; t++) sum += likeness[t];
    }
    free(start), free(stop), free(words), free(bytes), free(stems), free(likeness);
    return sum;
}

static double run_all(const Batch *b) {
    static const int orders[][2] = {{6, 0}, {6, 2}, {0, 3}, {9, 1}, {1, 16}};
    size_t count = (size_t)(b->system_count * b->segments);
    int64_t n = (int64_t)count;
    double sum = 0;
    for (int tokeniser = TOK_NONE; tokeniser <= TOK_INTL; tokeniser++)
        for (int order = 1; order <= MOST_ORDERS; order += 3)
            COUNT(2 + 2 * order, evalkit_bleu(b, range, tokeniser, order, rows),
                  evalkit_bleu_scores(rows, n, order, order % 4, 0.1, order & 1, scores));
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++)
        for (int flags = 0; flags < 4; flags++) {
            int chars = orders[i][0], words = orders[i][1];
            COUNT(3 * (chars + words), evalkit_chrf(b, range, chars, words, flags & 1, flags >> 1, 4, 5, rows),
                  evalkit_chrf_scores(rows, n, chars + words, flags >> 1, 4, 5, scores));
        }
    COUNT(2, evalkit_ter(b, range, rows), evalkit_ter_scores(rows, n, scores));
    for (int by_character = 0; by_character < 2; by_character++)
        for (int rate = RATE_WER; rate <= RATE_WIL; rate++)
            COUNT(4, evalkit_edits(b, range, by_character, rate, rows), evalkit_error_rates(rows, n, rate, scores));
    return sum;
}

static Side *read_sides(FILE *file, int64_t count, int64_t segments, double *sum) {
    Side *sides = malloc((size_t)count * sizeof *sides);
    if (!sides) exit(2);
    for (int64_t i = 0; i < count; i++) {
        int64_t bytes, lines[2 * 3];
        if (fread(&bytes, sizeof bytes, 1, file) != 1) exit(2);
        sides[i].bounds = read_exactly(file, 2 * (size_t)segments * sizeof *sides[i].bounds);
        sides[i].bytes = read_exactly(file, (size_t)bytes);
        for (int64_t k = 1; k <= 3; k++) *sum += (double)evalkit_lines(sides[i].bytes, bytes, k, lines);
    }
    return sides;
}

static void free_sides(Side *sides, int64_t count) {
    for (int64_t i = 0; i < count; i++) {
        free((void *)(uintptr_t)sides[i].bounds);
        free((void *)(uintptr_t)sides[i].bytes);
    }
    free(sides);
}

int main(int argc, char **argv) {
    FILE *file = argc > 1 ? fopen(argv[1], "rb") : NULL;
    long most = argc > 2 ? atol(argv[2]) : -1, batches = 0;
    double sum = 0;
    int64_t sizes[3];
    if (!file) return 2;
    for (; batches != most && fread(sizes, sizeof sizes, 1, file) == 1; batches++) {
        Side *systems = read_sides(file, sizes[0], sizes[2], &sum);
        Side *references = read_sides(file, sizes[1], sizes[2], &sum);
        for (int64_t i = 0; i < sizes[0]; i++) sum += run_words(systems + i, sizes[2]);
        for (int64_t i = 0; i < sizes[1]; i++) sum += run_words(references + i, sizes[2]);
        sum += run_all(&(Batch){systems, references, sizes[0], sizes[1], sizes[2]});
        free_sides(systems, sizes[0]);
        free_sides(references, sizes[1]);
    }
    fclose(file);
    printf("%ld batches, every function, checksum %.0f\n", batches, sum);
    return 0;
}
