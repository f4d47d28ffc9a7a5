#include "polyphase.h"

enum { LANES = 8, ROUNDING = 1 << 13, SCALE = 14 };

typedef struct {
  size_t position, phase;
} Place;

static inline Place after(Place place, size_t phases, size_t step) {
  place.phase += step;
  size_t passed = place.phase >= phases;
  place.phase -= passed ? phases : 0;
  place.position += passed;
  return place;
}

static int16_t product(const int16_t *input, const int16_t *filter) {
  int32_t lanes[LANES] = {0};
  for (int tap = 0; tap < KUGEL_POLYPHASE_TAPS; tap += 2 * LANES)
    for (int lane = 0; lane < LANES; lane++)
      lanes[lane] += (int32_t)input[tap + 2 * lane] * filter[tap + 2 * lane] +
                     (int32_t)input[tap + 2 * lane + 1] * filter[tap + 2 * lane + 1];
  int32_t sum = 0;
  // Halves, as the whole would not fit for the loudest input.
  for (int lane = 0; lane < LANES; lane++) sum += lanes[lane] >> 1;
  sum = (sum + ROUNDING) >> SCALE;
  return sum > INT16_MAX ? INT16_MAX : sum < INT16_MIN ? INT16_MIN : (int16_t)sum;
}

static Place make(const int16_t *input, const int16_t *filter, size_t phases, size_t step, Place place,
                  int16_t *output, size_t count) {
  for (size_t index = 0; index < count; index++) {
    output[index] = product(input + place.position, filter + place.phase * KUGEL_POLYPHASE_TAPS);
    place = after(place, phases, step);
  }
  return place;
}

size_t kugel_polyphase_baseline(const int16_t *input, const int16_t *filter, size_t phases, size_t step,
                                size_t *phase, int16_t *output, size_t count) {
  Place place = make(input, filter, phases, step, (Place){0, *phase}, output, count);
  *phase = place.phase;
  return place.position;
}

#if defined(__x86_64__)
#include <immintrin.h>

__attribute__((target("avx2"))) static inline __m256i lanes_avx2(const int16_t *input, const int16_t *filter) {
  __m256i sum = _mm256_setzero_si256();
  for (int tap = 0; tap < KUGEL_POLYPHASE_TAPS; tap += 2 * LANES)
    sum = _mm256_add_epi32(sum, _mm256_madd_epi16(_mm256_loadu_si256((const __m256i *)(input + tap)),
                                                  _mm256_loadu_si256((const __m256i *)(filter + tap))));
  return _mm256_srai_epi32(sum, 1);
}

// Four samples at a time: their lanes are summed side by side.
__attribute__((target("avx2"))) static size_t polyphase_avx2(const int16_t *input, const int16_t *filter,
                                                             size_t phases, size_t step, size_t *phase,
                                                             int16_t *output, size_t count) {
  Place place = {0, *phase};
  size_t index = 0;
  for (; index + 4 <= count; index += 4) {
    __m256i lanes[4];
    for (int sample = 0; sample < 4; sample++) {
      lanes[sample] = lanes_avx2(input + place.position, filter + place.phase * KUGEL_POLYPHASE_TAPS);
      place = after(place, phases, step);
    }
    __m256i pairs = _mm256_hadd_epi32(_mm256_hadd_epi32(lanes[0], lanes[1]), _mm256_hadd_epi32(lanes[2], lanes[3]));
    __m128i sums = _mm_add_epi32(_mm256_castsi256_si128(pairs), _mm256_extracti128_si256(pairs, 1));
    sums = _mm_srai_epi32(_mm_add_epi32(sums, _mm_set1_epi32(ROUNDING)), SCALE);
    _mm_storel_epi64((__m128i *)(output + index), _mm_packs_epi32(sums, sums));
  }
  place = make(input, filter, phases, step, place, output + index, count - index);
  *phase = place.phase;
  return place.position;
}
#endif

size_t kugel_polyphase(const int16_t *input, const int16_t *filter, size_t phases, size_t step, size_t *phase,
                       int16_t *output, size_t count) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2"))
    return polyphase_avx2(input, filter, phases, step, phase, output, count);
#endif
  return kugel_polyphase_baseline(input, filter, phases, step, phase, output, count);
}
