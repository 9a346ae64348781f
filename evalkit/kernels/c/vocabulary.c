/* Numbers for words and for characters, so that the rest compares numbers. */
#include "kernel.h"

static size_t power_of_two(size_t least) {
    size_t size = 64;
    while (size < least) size *= 2;
    return size;
}

static inline uint32_t read32(const uint8_t *p) {
    uint32_t word;
    memcpy(&word, p, sizeof word);
    return word;
}

/* The last bytes of a word, 8 or all it has, in a number. Of two words of one length up to 8, the numbers are equal
 * only if the words are. */
static inline uint64_t packed_end(const uint8_t *p, size_t n) {
    if (n > 8) {
        p += n - 8;
        n = 8;
    }
    if (n >= 4) return (uint64_t)read32(p + n - 4) << 32 | read32(p);
    return n ? (uint64_t)p[n / 2] << 16 | (uint64_t)p[n - 1] << 8 | p[0] : 0;
}

/* Spreads the word over 32 bits. Which hash it is moves no number, only the time. */
static inline uint32_t hash_word(Text word, uint64_t end) {
    const uint64_t odd = 0x9FB21C651E98DF25u;
    const uint8_t *p = word.bytes;
    size_t n = word.length;
    uint64_t hash = (uint64_t)n * 0x9E3779B97F4A7C15u;
    for (; n > 8; p += 8, n -= 8) {
        hash = (hash ^ ((uint64_t)read32(p + 4) << 32 | read32(p))) * odd;
        hash ^= hash >> 32;
    }
    hash = (hash ^ end) * odd;
    return (uint32_t)(hash >> 32);
}

void vocabulary_new(Vocabulary *v, Memory *memory, size_t most_words, size_t most_bytes) {
    v->capacity = power_of_two(2 * most_words + 2);
    v->slots = memory_take(memory, v->capacity, sizeof *v->slots);
    v->hashes = memory_take(memory, most_words + 1, sizeof *v->hashes);
    v->ends = memory_take(memory, most_words + 1, sizeof *v->ends);
    v->words = memory_take(memory, most_words + 1, sizeof *v->words);
    v->bytes = memory_take(memory, most_bytes + 1, 1);
    v->size = 0;
}

void vocabulary_clear(Vocabulary *v, size_t expected) {
    size_t size = power_of_two(2 * expected + 2);
    if (size > v->capacity) size = v->capacity;
    v->mask = size - 1;
    v->size = 0;
    v->used_bytes = 0;
    memset(v->slots, 0, size * sizeof *v->slots);
}

/* The slot that holds the word, or the free one where it belongs. */
static inline size_t slot_of(const Vocabulary *v, Text word, uint32_t hash, uint64_t end) {
    size_t slot = hash & v->mask;
    for (; v->slots[slot]; slot = (slot + 1) & v->mask) {
        uint32_t number = v->slots[slot];
        if (v->hashes[number] != hash || v->ends[number] != end) continue;
        Text other = v->words[number];
        if (other.length != word.length) continue;
        if (word.length <= 8 || memcmp(other.bytes, word.bytes, word.length - 8) == 0) break;
    }
    return slot;
}

uint32_t vocabulary_add(Vocabulary *v, Text word) {
    uint64_t end = packed_end(word.bytes, word.length);
    uint32_t hash = hash_word(word, end);
    size_t slot = slot_of(v, word, hash, end);
    if (v->slots[slot]) return v->slots[slot];
    uint8_t *copy = v->bytes + v->used_bytes;
    memcpy(copy, word.bytes, word.length);
    v->used_bytes += word.length;
    v->slots[slot] = ++v->size;
    v->hashes[v->size] = hash;
    v->ends[v->size] = end;
    v->words[v->size] = (Text){copy, word.length};
    return v->size;
}

uint32_t vocabulary_find(const Vocabulary *v, Text word) {
    uint64_t end = packed_end(word.bytes, word.length);
    return v->slots[slot_of(v, word, hash_word(word, end), end)];
}

void alphabet_new(Alphabet *a, Memory *memory) {
    a->number = memory_take(memory, 0x110000, sizeof *a->number);
    a->added = memory_take(memory, MOST_CHARS + 1, sizeof *a->added);
    a->size = 0;
}

void alphabet_clear(Alphabet *a) {
    for (uint32_t i = 0; i < a->size; i++) a->number[a->added[i]] = 0;
    a->size = 0;
}
