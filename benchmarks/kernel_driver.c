/* Feeds batches of texts from a file to every function of the kernel: for sanitizers and valgrind.
 *
 * A batch in the file: systems, segments, references and bytes as 64-bit numbers, then start[] and reference[] as in
 * `Batch`, then the bytes. Each array and each batch's bytes are allocated to the last byte, so that a read behind
 * the end is seen. */
#include <stdio.h>

#include "../evalkit/kernels/c/kernel.h"

int evalkit_bleu(const Batch *, int, int, double *);
int evalkit_chrf(const Batch *, int, int, int, int, double, double, double *);
int evalkit_ter(const Batch *, double *);
int evalkit_edits(const Batch *, int, double *);

static void *read_exactly(FILE *file, size_t bytes) {
    void *data = malloc(bytes ? bytes : 1);
    if (!data || fread(data, 1, bytes, file) != bytes) exit(2);
    return data;
}

/* A number that depends on all rows; reading them shows what was not written. */
static double check(int status, double *rows, size_t count) {
    double sum = 0;
    if (status != DONE) exit(3);
    for (size_t i = 0; i < count; i++)
        if (rows[i] > 0) sum += rows[i];
    free(rows);
    return sum;
}

static double run_all(const Batch *b, size_t references) {
    static const int orders[][2] = {{6, 0}, {6, 2}, {0, 3}, {9, 1}, {1, 16}};
    size_t rows = (size_t)(b->systems * b->segments);
    double sum = 0;
    for (int tokeniser = TOK_NONE; tokeniser <= TOK_INTL; tokeniser++)
        for (int order = 1; order <= MOST_ORDERS; order += 3) {
            size_t width = 2 + 2 * (size_t)order;
            double *out = malloc(rows * width * sizeof *out);
            sum += check(evalkit_bleu(b, tokeniser, order, out), out, rows * width);
        }
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++)
        for (int flags = 0; flags < 4; flags++) {
            size_t width = 3 * (size_t)(orders[i][0] + orders[i][1]);
            double *out = malloc(rows * width * sizeof *out);
            sum += check(evalkit_chrf(b, orders[i][0], orders[i][1], flags & 1, flags >> 1, 4, 5, out), out, rows * width);
        }
    double *out = malloc(2 * rows * sizeof *out);
    sum += check(evalkit_ter(b, out), out, 2 * rows);
    for (int by_character = 0; by_character < 2; by_character++) {
        out = malloc((4 * references + 1) * sizeof *out);
        for (size_t i = 0; i <= 4 * references; i++) out[i] = 0; /* rows left to the library have one number only */
        sum += check(evalkit_edits(b, by_character, out), out, 4 * references);
    }
    return sum;
}

int main(int argc, char **argv) {
    FILE *file = argc > 1 ? fopen(argv[1], "rb") : NULL;
    long most = argc > 2 ? atol(argv[2]) : -1, batches = 0;
    double sum = 0;
    int64_t sizes[4];
    if (!file) return 2;
    for (; batches != most && fread(sizes, sizeof sizes, 1, file) == 1; batches++) {
        size_t texts = (size_t)(sizes[0] * sizes[1] + sizes[2]);
        int64_t *start = read_exactly(file, (texts + 1) * sizeof *start);
        int64_t *reference = read_exactly(file, ((size_t)sizes[1] + 1) * sizeof *reference);
        uint8_t *bytes = read_exactly(file, (size_t)sizes[3]);
        sum += run_all(&(Batch){bytes, start, reference, sizes[0], sizes[1]}, (size_t)sizes[2]);
        free(start);
        free(reference);
        free(bytes);
    }
    fclose(file);
    printf("%ld batches, every function, checksum %.0f\n", batches, sum);
    return 0;
}
