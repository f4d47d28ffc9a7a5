#include "polyphase.h"

typedef float vector4 __attribute__((vector_size(16), aligned(4)));

static int16_t clipped(float sum) {
  if (sum >= 32767.0f) return 32767;
  if (sum <= -32768.0f) return -32768;
  // Adding and taking away 1.5 * 2^23 rounds to the nearest whole number without a call.
  return (int16_t)(sum + 12582912.0f - 12582912.0f);
}

static float product_baseline(const float *input, const float *filter) {
  vector4 sums[4] = {{0}};
  for (int tap = 0; tap < KUGEL_POLYPHASE_TAPS; tap += 16)
    for (int lane = 0; lane < 4; lane++)
      sums[lane] += *(const vector4 *)(input + tap + 4 * lane) * *(const vector4 *)(filter + tap + 4 * lane);
  vector4 sum = (sums[0] + sums[1]) + (sums[2] + sums[3]);
  return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

size_t kugel_polyphase_baseline(const float *input, const float *filter, size_t phases, size_t step,
                                size_t *phase, int16_t *output, size_t count) {
  size_t position = 0, current = *phase;
  for (size_t index = 0; index < count; index++) {
    output[index] = clipped(product_baseline(input + position, filter + current * KUGEL_POLYPHASE_TAPS));
    current += step;
    while (current >= phases) {
      current -= phases;
      position++;
    }
  }
  *phase = current;
  return position;
}

#if defined(__x86_64__)
#include <immintrin.h>

__attribute__((target("avx2,fma"))) static float product_avx2(const float *input, const float *filter) {
  __m256 a = _mm256_mul_ps(_mm256_loadu_ps(input), _mm256_loadu_ps(filter));
  __m256 b = _mm256_mul_ps(_mm256_loadu_ps(input + 8), _mm256_loadu_ps(filter + 8));
  for (int tap = 16; tap < KUGEL_POLYPHASE_TAPS; tap += 16) {
    a = _mm256_fmadd_ps(_mm256_loadu_ps(input + tap), _mm256_loadu_ps(filter + tap), a);
    b = _mm256_fmadd_ps(_mm256_loadu_ps(input + tap + 8), _mm256_loadu_ps(filter + tap + 8), b);
  }
  __m256 sum = _mm256_add_ps(a, b);
  __m128 half = _mm_add_ps(_mm256_castps256_ps128(sum), _mm256_extractf128_ps(sum, 1));
  half = _mm_add_ps(half, _mm_movehl_ps(half, half));
  half = _mm_add_ss(half, _mm_shuffle_ps(half, half, 1));
  return _mm_cvtss_f32(half);
}

__attribute__((target("avx2,fma"))) static size_t polyphase_avx2(const float *input, const float *filter,
                                                                 size_t phases, size_t step, size_t *phase,
                                                                 int16_t *output, size_t count) {
  size_t position = 0, current = *phase;
  for (size_t index = 0; index < count; index++) {
    output[index] = clipped(product_avx2(input + position, filter + current * KUGEL_POLYPHASE_TAPS));
    current += step;
    while (current >= phases) {
      current -= phases;
      position++;
    }
  }
  *phase = current;
  return position;
}
#endif

size_t kugel_polyphase(const float *input, const float *filter, size_t phases, size_t step, size_t *phase,
                       int16_t *output, size_t count) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
    return polyphase_avx2(input, filter, phases, step, phase, output, count);
#endif
  return kugel_polyphase_baseline(input, filter, phases, step, phase, output, count);
}
