#pragma once

#include <stddef.h>
#include <stdint.h>

/// Base64 of RFC 4648, section 4, for the audio inside JSON messages. Pure: no I/O, no state.
///
/// Strict: the length is a multiple of four, `=` stands only in the last two places, and every
/// other byte is of the alphabet. Bits that padding leaves unused are not looked at (section 3.5
/// leaves that open; Foundation and Python do not look either).
///
/// Each direction has a vector body (AVX2, chosen at run time) and a scalar twin with equal results.

#define KUGEL_BASE64_INVALID ((size_t)-1)

/// Decodes `length` bytes at `source` to `target`, which must have room for `length / 4 * 3` bytes.
/// Returns the number of bytes that are the result, or `KUGEL_BASE64_INVALID`. All of the
/// room may have been written to, whatever the result.
size_t kugel_base64_decode(const uint8_t *source, size_t length, uint8_t *target);
size_t kugel_base64_decode_scalar(const uint8_t *source, size_t length, uint8_t *target);

/// Encodes `length` bytes at `source` to `target`, which must have room for
/// `(length + 2) / 3 * 4` bytes, all of which are written.
void kugel_base64_encode(const uint8_t *source, size_t length, uint8_t *target);
void kugel_base64_encode_scalar(const uint8_t *source, size_t length, uint8_t *target);

/// Whether this processor takes the vector body.
int kugel_base64_is_vectorised(void);

/// The offset of the first `byte` among `length` bytes at `source`, or `length`.
size_t kugel_find_byte(const uint8_t *source, size_t length, uint8_t byte);
