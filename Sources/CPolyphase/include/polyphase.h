#pragma once

#include <stddef.h>
#include <stdint.h>

/// Taps of every phase's filter.
enum { KUGEL_POLYPHASE_TAPS = 48 };

/// Makes `count` samples of a rational conversion.
///
/// The sample at `phase` is the sum of `KUGEL_POLYPHASE_TAPS` values of `input` times the coefficients of
/// that phase; then the phase moves on by `step`, and the input by one for each `phases` passed. The input
/// must reach `KUGEL_POLYPHASE_TAPS` values beyond the place of the last sample.
///
/// Returns the input values passed; `*phase` is that of the next sample.
size_t kugel_polyphase(const float *input, const float *filter, size_t phases, size_t step, size_t *phase,
                       int16_t *output, size_t count);

/// The same without vector instructions beyond the baseline; both may differ by one in a sample.
size_t kugel_polyphase_baseline(const float *input, const float *filter, size_t phases, size_t step,
                                size_t *phase, int16_t *output, size_t count);
