#include "base64.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#define AVX2 __attribute__((target("avx2")))
#endif

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

// A value above 24 bits marks a byte outside the alphabet; it survives being combined with others.
#define BAD 0x01000000u

// One table for each place in a group of four, so that a group is three ORs.
#define TABLE(s)                                                                                   \
  {[0 ... 255] = BAD,      ['A'] = 0u << s,  ['B'] = 1u << s,  ['C'] = 2u << s,  ['D'] = 3u << s,  \
   ['E'] = 4u << s,  ['F'] = 5u << s,  ['G'] = 6u << s,  ['H'] = 7u << s,  ['I'] = 8u << s,        \
   ['J'] = 9u << s,  ['K'] = 10u << s, ['L'] = 11u << s, ['M'] = 12u << s, ['N'] = 13u << s,       \
   ['O'] = 14u << s, ['P'] = 15u << s, ['Q'] = 16u << s, ['R'] = 17u << s, ['S'] = 18u << s,       \
   ['T'] = 19u << s, ['U'] = 20u << s, ['V'] = 21u << s, ['W'] = 22u << s, ['X'] = 23u << s,       \
   ['Y'] = 24u << s, ['Z'] = 25u << s, ['a'] = 26u << s, ['b'] = 27u << s, ['c'] = 28u << s,       \
   ['d'] = 29u << s, ['e'] = 30u << s, ['f'] = 31u << s, ['g'] = 32u << s, ['h'] = 33u << s,       \
   ['i'] = 34u << s, ['j'] = 35u << s, ['k'] = 36u << s, ['l'] = 37u << s, ['m'] = 38u << s,       \
   ['n'] = 39u << s, ['o'] = 40u << s, ['p'] = 41u << s, ['q'] = 42u << s, ['r'] = 43u << s,       \
   ['s'] = 44u << s, ['t'] = 45u << s, ['u'] = 46u << s, ['v'] = 47u << s, ['w'] = 48u << s,       \
   ['x'] = 49u << s, ['y'] = 50u << s, ['z'] = 51u << s, ['0'] = 52u << s, ['1'] = 53u << s,       \
   ['2'] = 54u << s, ['3'] = 55u << s, ['4'] = 56u << s, ['5'] = 57u << s, ['6'] = 58u << s,       \
   ['7'] = 59u << s, ['8'] = 60u << s, ['9'] = 61u << s, ['+'] = 62u << s, ['/'] = 63u << s}

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Winitializer-overrides"
static const uint32_t place0[256] = TABLE(18);
static const uint32_t place1[256] = TABLE(12);
static const uint32_t place2[256] = TABLE(6);
static const uint32_t place3[256] = TABLE(0);
#pragma clang diagnostic pop

static inline uint32_t group(const uint8_t *s) {
  return place0[s[0]] | place1[s[1]] | place2[s[2]] | place3[s[3]];
}

static inline void put3(uint8_t *target, uint32_t bits) {
  target[0] = (uint8_t)(bits >> 16);
  target[1] = (uint8_t)(bits >> 8);
  target[2] = (uint8_t)bits;
}

size_t kugel_base64_decode_scalar(const uint8_t *source, size_t length, uint8_t *target) {
  if (length % 4 != 0) return KUGEL_BASE64_INVALID;
  if (length == 0) return 0;
  uint8_t *const start = target;
  const uint8_t *const last = source + length - 4;
  for (; source < last; source += 4, target += 3) {
    uint32_t bits = group(source);
    if (bits & BAD) return KUGEL_BASE64_INVALID;
    put3(target, bits);
  }
  const size_t padding = source[3] != '=' ? 0 : source[2] != '=' ? 1 : 2;
  const uint8_t tail[4] = {source[0], source[1], padding == 2 ? 'A' : source[2],
                           padding >= 1 ? 'A' : source[3]};
  uint32_t bits = group(tail);
  if (bits & BAD) return KUGEL_BASE64_INVALID;
  put3(target, bits);
  return (size_t)(target - start) + 3 - padding;
}

void kugel_base64_encode_scalar(const uint8_t *source, size_t length, uint8_t *target) {
  for (; length >= 3; length -= 3, source += 3, target += 4) {
    uint32_t bits = (uint32_t)source[0] << 16 | (uint32_t)source[1] << 8 | source[2];
    target[0] = (uint8_t)alphabet[bits >> 18];
    target[1] = (uint8_t)alphabet[bits >> 12 & 63];
    target[2] = (uint8_t)alphabet[bits >> 6 & 63];
    target[3] = (uint8_t)alphabet[bits & 63];
  }
  if (length == 0) return;
  uint32_t bits = (uint32_t)source[0] << 16 | (length == 2 ? (uint32_t)source[1] << 8 : 0);
  target[0] = (uint8_t)alphabet[bits >> 18];
  target[1] = (uint8_t)alphabet[bits >> 12 & 63];
  target[2] = length == 2 ? (uint8_t)alphabet[bits >> 6 & 63] : '=';
  target[3] = '=';
}

#if defined(__x86_64__)

// The method of Mula and Lemire, "Faster Base64 Encoding and Decoding using AVX2 Instructions"
// (2018): classes of bytes by their two halves, values by an offset for each class, then two
// multiply-adds that close the gaps.
AVX2 static size_t decode_avx2(const uint8_t *source, size_t length, uint8_t *target) {
  const __m256i low_classes = _mm256_broadcastsi128_si256(
      _mm_setr_epi8(0x15, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x13, 0x1A, 0x1B,
                    0x1B, 0x1B, 0x1A));
  const __m256i high_classes = _mm256_broadcastsi128_si256(
      _mm_setr_epi8(0x10, 0x10, 0x01, 0x02, 0x04, 0x08, 0x04, 0x08, 0x10, 0x10, 0x10, 0x10, 0x10,
                    0x10, 0x10, 0x10));
  const __m256i offsets = _mm256_broadcastsi128_si256(
      _mm_setr_epi8(0, 16, 19, 4, -65, -65, -71, -71, 0, 0, 0, 0, 0, 0, 0, 0));
  const __m256i slash = _mm256_set1_epi8(0x2f);
  const __m256i gather = _mm256_broadcastsi128_si256(
      _mm_setr_epi8(2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, -1, -1, -1, -1));
  const __m256i lanes = _mm256_setr_epi32(0, 1, 2, 4, 5, 6, -1, -1);

  uint8_t *const target_start = target;
  // Set where a byte is outside the alphabet; asked once at the end, because that hardly ever is so.
  __m256i wrong = _mm256_setzero_si256();
  // A step stores 32 bytes of which 24 count; 48 left at the source are 36 at the target, so the
  // store stays inside the room promised.
  for (; length >= 48; length -= 32, source += 32, target += 24) {
    __m256i bytes = _mm256_loadu_si256((const __m256i *)source);
    const __m256i high = _mm256_and_si256(_mm256_srli_epi32(bytes, 4), slash);
    const __m256i low = _mm256_and_si256(bytes, slash);
    wrong = _mm256_or_si256(wrong, _mm256_and_si256(_mm256_shuffle_epi8(low_classes, low),
                                                    _mm256_shuffle_epi8(high_classes, high)));
    const __m256i is_slash = _mm256_cmpeq_epi8(bytes, slash);
    bytes = _mm256_add_epi8(bytes, _mm256_shuffle_epi8(offsets, _mm256_add_epi8(is_slash, high)));
    const __m256i pairs = _mm256_maddubs_epi16(bytes, _mm256_set1_epi32(0x01400140));
    const __m256i groups = _mm256_madd_epi16(pairs, _mm256_set1_epi32(0x00011000));
    const __m256i closed =
        _mm256_permutevar8x32_epi32(_mm256_shuffle_epi8(groups, gather), lanes);
    _mm256_storeu_si256((__m256i *)target, closed);
  }
  if (!_mm256_testz_si256(wrong, wrong)) return KUGEL_BASE64_INVALID;
  const size_t done = (size_t)(target - target_start);
  const size_t rest = kugel_base64_decode_scalar(source, length, target);
  return rest == KUGEL_BASE64_INVALID ? rest : done + rest;
}

AVX2 static void encode_avx2(const uint8_t *source, size_t length, uint8_t *target) {
  const __m256i spread = _mm256_broadcastsi128_si256(
      _mm_setr_epi8(1, 0, 2, 1, 4, 3, 5, 4, 7, 6, 8, 7, 10, 9, 11, 10));
  const __m256i offsets = _mm256_broadcastsi128_si256(
      _mm_setr_epi8('a' - 26, '0' - 52, '0' - 52, '0' - 52, '0' - 52, '0' - 52, '0' - 52, '0' - 52,
                    '0' - 52, '0' - 52, '0' - 52, '+' - 62, '/' - 63, 'A', 0, 0));
  // A step reads 28 bytes, of which 24 count.
  for (; length >= 28; length -= 24, source += 24, target += 32) {
    const __m128i front = _mm_loadu_si128((const __m128i *)source);
    const __m128i back = _mm_loadu_si128((const __m128i *)(source + 12));
    const __m256i bytes = _mm256_shuffle_epi8(_mm256_set_m128i(back, front), spread);
    const __m256i odd = _mm256_mulhi_epu16(_mm256_and_si256(bytes, _mm256_set1_epi32(0x0fc0fc00)),
                                           _mm256_set1_epi32(0x04000040));
    const __m256i even = _mm256_mullo_epi16(_mm256_and_si256(bytes, _mm256_set1_epi32(0x003f03f0)),
                                            _mm256_set1_epi32(0x01000010));
    const __m256i values = _mm256_or_si256(odd, even);
    const __m256i is_upper = _mm256_cmpgt_epi8(_mm256_set1_epi8(26), values);
    const __m256i classes = _mm256_or_si256(_mm256_subs_epu8(values, _mm256_set1_epi8(51)),
                                            _mm256_and_si256(is_upper, _mm256_set1_epi8(13)));
    _mm256_storeu_si256((__m256i *)target,
                        _mm256_add_epi8(_mm256_shuffle_epi8(offsets, classes), values));
  }
  kugel_base64_encode_scalar(source, length, target);
}

int kugel_base64_is_vectorised(void) { return __builtin_cpu_supports("avx2") != 0; }

size_t kugel_base64_decode(const uint8_t *source, size_t length, uint8_t *target) {
  if (length % 4 == 0 && length >= 48 && kugel_base64_is_vectorised())
    return decode_avx2(source, length, target);
  return kugel_base64_decode_scalar(source, length, target);
}

void kugel_base64_encode(const uint8_t *source, size_t length, uint8_t *target) {
  if (length >= 28 && kugel_base64_is_vectorised())
    encode_avx2(source, length, target);
  else
    kugel_base64_encode_scalar(source, length, target);
}

#else

int kugel_base64_is_vectorised(void) { return 0; }

size_t kugel_base64_decode(const uint8_t *source, size_t length, uint8_t *target) {
  return kugel_base64_decode_scalar(source, length, target);
}

void kugel_base64_encode(const uint8_t *source, size_t length, uint8_t *target) {
  kugel_base64_encode_scalar(source, length, target);
}

#endif

size_t kugel_find_byte(const uint8_t *source, size_t length, uint8_t byte) {
  if (length == 0) return 0;
  const uint8_t *found = memchr(source, byte, length);
  return found ? (size_t)(found - source) : length;
}
