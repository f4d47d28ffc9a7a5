#pragma once

#include <stddef.h>
#include <stdint.h>

/// Taps of every phase's filter.
enum { KUGEL_POLYPHASE_TAPS = 48 };

/// Makes `count` samples of a rational conversion upwards (`step` < `phases`).
///
/// The sample at `phase` is the sum of `KUGEL_POLYPHASE_TAPS` values of `input` times the coefficients of
/// that phase; then the phase moves on by `step`, and the input by one for each `phases` passed. The input
/// must reach `KUGEL_POLYPHASE_TAPS` values beyond the place of the last sample.
///
/// Coefficients are in units of 2^-15. Those of a phase sum to less than 4 without their signs, and those of
/// a lane (the pairs of taps whose numbers differ by 16) to less than 2: then no input overflows.
///
/// Returns the input values passed; `*phase` is that of the next sample.
size_t kugel_polyphase(const int16_t *input, const int16_t *filter, size_t phases, size_t step, size_t *phase,
                       int16_t *output, size_t count);

/// The same samples without vector instructions beyond the baseline.
size_t kugel_polyphase_baseline(const int16_t *input, const int16_t *filter, size_t phases, size_t step,
                                size_t *phase, int16_t *output, size_t count);
