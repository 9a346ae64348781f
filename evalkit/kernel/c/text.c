/* Characters: white space as Python has it, and what strip() takes off. */
#include "kernel.h"

bool is_space_beyond_ascii(uint32_t c) {
    if (c < 0x1680) return c == 0x85 || c == 0xA0;
    if (c < 0x2000) return c == 0x1680;
    return c <= 0x200A || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

/* Where the last character of a text that is not empty starts. */
static size_t last_char(Text text) {
    size_t at = text.length - 1;
    for (int steps = 0; steps < 3 && at > 0 && (text.bytes[at] & 0xC0) == 0x80; steps++) at--;
    return at;
}

Text strip_right(Text text) {
    while (text.length) {
        size_t start = last_char(text), at = start;
        if (!is_space(next_char(text, &at)) || at != text.length) break;
        text.length = start;
    }
    return text;
}

Text strip(Text text) {
    text = strip_right(text);
    while (text.length) {
        size_t at = 0;
        if (!is_space(next_char(text, &at))) break;
        text.bytes += at;
        text.length -= at;
    }
    return text;
}
