/* Batches: memory, lengths of texts, lines, sums of rows. */
#include "kernel.h"

void *memory_take(Memory *memory, size_t count, size_t size) {
    const size_t room = sizeof memory->blocks / sizeof *memory->blocks;
    /* Zeroed: tables by character are large, and most of them is never touched. */
    void *block = (size_t)memory->count < room ? calloc(count ? count : 1, size) : NULL;
    if (block)
        memory->blocks[memory->count++] = block;
    else
        memory->failed = true;
    return block;
}

void memory_free(Memory *memory) {
    while (memory->count) free(memory->blocks[--memory->count]);
}

bool has_text(const Batch *batch, int64_t reference, int64_t segment) {
    if (batch->references[reference].bounds[2 * segment + 1] >= 0) return true;
    for (int64_t r = 0; r < batch->reference_count; r++)
        if (batch->references[r].bounds[2 * segment + 1] >= 0) return false;
    return reference == 0;
}

Longest longest_texts(const Batch *batch, Range range) {
    Longest longest = {0, 0, 0};
    for (int64_t y = 0; y < batch->system_count; y++)
        for (int64_t s = range.first; s < range.end; s++) {
            size_t length = text_at(&batch->systems[y], s).length;
            if (length > longest.candidate) longest.candidate = length;
        }
    for (int64_t s = range.first; s < range.end; s++) {
        size_t sum = 0;
        for (int64_t r = 0; r < batch->reference_count; r++) {
            size_t length = text_at(&batch->references[r], s).length;
            if (length > longest.reference) longest.reference = length;
            sum += length;
        }
        if (sum > longest.references) longest.references = sum;
    }
    return longest;
}

/* Bounds of the lines of `bytes`, a newline between each two; returns their number, -1 where there are not `lines`. */
EXPORT int64_t evalkit_lines(const uint8_t *bytes, int64_t length, int64_t lines, int64_t *bounds) {
    int64_t count = 0, start = 0;
    for (;;) {
        const uint8_t *newline = length > start ? memchr(bytes + start, '\n', (size_t)(length - start)) : NULL;
        int64_t end = newline ? newline - bytes : length;
        if (count == lines) return -1;
        bounds[2 * count] = start;
        bounds[2 * count + 1] = end;
        count++;
        if (!newline) return count == lines ? count : -1;
        start = end + 1;
    }
}

/* The sum of rows, column by column, from the first row to the last. */
EXPORT void evalkit_total(const double *rows, int64_t count, int64_t width, double *total) {
    for (int64_t k = 0; k < width; k++) total[k] = 0;
    for (int64_t i = 0; i < count; i++)
        for (int64_t k = 0; k < width; k++) total[k] += rows[i * width + k];
}

/* Raised whenever a function's arguments or a row's meaning change, so that an old library is not called. */
EXPORT int evalkit_interface(void) {
    return 4;
}
