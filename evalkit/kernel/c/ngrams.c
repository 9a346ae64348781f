/* Clipped n-gram matches: the sum over n-grams of min(count in candidate, count in reference). */
#include "kernel.h"

/* At least two slots for each n-gram, and four while that stays small: a search that meets another n-gram first
 * costs more than clearing. */
static size_t slots_for(size_t ngrams) {
    size_t size = 64;
    while (size < 2 * ngrams || (size < 4 * ngrams && size < 8192)) size *= 2;
    return size;
}

void ngrams_new(Ngrams *t, Memory *memory, size_t most_ngrams) {
    t->capacity = slots_for(most_ngrams);
    t->keys = memory_take(memory, t->capacity, sizeof *t->keys);
    t->counts = memory_take(memory, t->capacity, sizeof *t->counts);
    t->used = memory_take(memory, t->capacity, sizeof *t->used);
}

void ngrams_clear(Ngrams *t, size_t symbols, int order, uint32_t largest) {
    size_t size = slots_for(symbols * (size_t)order);
    if (size > t->capacity) size = t->capacity;
    t->mask = size - 1;
    t->order = order;
    t->empty = true;
    int room = order > 0 && 64 / order < 32 ? 64 / order : 32;
    t->bits = (uint64_t)largest >> room ? 0 : room;
    memset(t->keys, 0, size * sizeof *t->keys);
    memset(t->counts, 0, size * sizeof *t->counts);
}

static inline size_t slot_of(const Ngrams *t, uint64_t key) {
    size_t slot = (size_t)(key * 0x9E3779B97F4A7C15u >> 32) & t->mask;
    while (t->keys[slot] != key && t->keys[slot]) slot = (slot + 1) & t->mask;
    return slot;
}

/* The key of an n-gram: that of its first n - 1 symbols (which has slot `slot`) and the last symbol. */
static inline uint64_t longer(const Ngrams *t, uint64_t key, size_t slot, int n, uint32_t symbol) {
    if (t->bits) return key | (uint64_t)symbol << (n * t->bits);
    return (n ? (uint64_t)(slot + 1) << 32 : 0) | symbol;
}

static inline int orders_from(const Ngrams *t, size_t left) {
    return left < (size_t)t->order ? (int)left : t->order;
}

/* Counts each n-gram in `counts`; where there is `most`, keeps the larger count of it and of what stands there. */
static inline void count_all(Ngrams *t, const uint32_t *symbols, size_t n, uint32_t *counts, uint32_t *most) {
    for (size_t i = 0; i < n; i++) {
        uint64_t key = 0;
        size_t slot = 0;
        int orders = orders_from(t, n - i);
        for (int k = 0; k < orders; k++) {
            key = longer(t, key, slot, k, symbols[i + (size_t)k]);
            slot = slot_of(t, key);
            t->keys[slot] = key;
            uint32_t count = ++counts[slot];
            if (most && count > most[slot]) most[slot] = count;
        }
    }
}

void ngrams_add(Ngrams *t, const uint32_t *symbols, size_t n) {
    /* The first text counts straight into the table; a further one apart, to take the larger count of the two. */
    if (t->empty) {
        t->empty = false;
        count_all(t, symbols, n, t->counts, NULL);
    } else {
        memset(t->used, 0, (t->mask + 1) * sizeof *t->used);
        count_all(t, symbols, n, t->used, t->counts);
    }
}

void ngrams_match(Ngrams *t, const uint32_t *symbols, size_t n, double *matches) {
    int64_t found[MOST_ORDERS] = {0};
    uint32_t *left = t->used; /* of each count, what the candidate has not taken yet */
    memcpy(left, t->counts, (t->mask + 1) * sizeof *left);
    for (size_t i = 0; i < n; i++) {
        uint64_t key = 0;
        size_t slot = 0;
        int orders = orders_from(t, n - i);
        for (int k = 0; k < orders && symbols[i + (size_t)k]; k++) {
            key = longer(t, key, slot, k, symbols[i + (size_t)k]);
            slot = slot_of(t, key);
            /* Where an n-gram is absent, every longer one from here is. */
            if (!t->keys[slot]) break;
            bool hit = left[slot] > 0;
            left[slot] -= hit;
            found[k] += hit;
        }
    }
    for (int k = 0; k < t->order; k++) matches[k] = (double)found[k];
}
