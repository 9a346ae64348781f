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
 * only if the words are. `first` is where its text begins: behind 8 bytes of it, one read does for any length. */
static inline uint64_t last_bytes(Text word, const uint8_t *first) {
    const uint8_t *end = word.bytes + word.length;
    size_t count = word.length < 8 ? word.length : 8;
    uint64_t number = 0;
    if (end - first >= 8) {
        const uint8_t *p = end - 8;
        number = (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 | (uint64_t)p[3] << 24 |
                 (uint64_t)p[4] << 32 | (uint64_t)p[5] << 40 | (uint64_t)p[6] << 48 | (uint64_t)p[7] << 56;
        return count ? number >> (8 * (8 - count)) : 0;
    }
    for (size_t i = 0; i < count; i++) number |= (uint64_t)end[i - count] << (8 * i);
    return number;
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
static inline WordSlot *slot_of(const Vocabulary *v, Text word, uint64_t end) {
    uint32_t length = word.length > 8 ? 9 : (uint32_t)word.length;
    for (size_t i = hash_word(word, end) & v->mask;; i = (i + 1) & v->mask) {
        WordSlot *slot = &v->slots[i];
        if (!slot->number) return slot;
        if (slot->end != end || slot->length != length) continue;
        if (length <= 8) return slot;
        Text other = v->words[slot->number];
        if (other.length == word.length && memcmp(other.bytes, word.bytes, word.length - 8) == 0) return slot;
    }
}

uint32_t vocabulary_add(Vocabulary *v, Text word, const uint8_t *first) {
    uint64_t end = last_bytes(word, first);
    WordSlot *slot = slot_of(v, word, end);
    if (slot->number) return slot->number;
    uint8_t *copy = v->bytes + v->used_bytes;
    memcpy(copy, word.bytes, word.length);
    v->used_bytes += word.length;
    *slot = (WordSlot){end, word.length > 8 ? 9 : (uint32_t)word.length, ++v->size};
    v->words[v->size] = (Text){copy, word.length};
    return v->size;
}

uint32_t vocabulary_find(const Vocabulary *v, Text word, const uint8_t *first) {
    return slot_of(v, word, last_bytes(word, first))->number;
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
