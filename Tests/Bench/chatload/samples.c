// Durations in microseconds and their quantiles.
#include <stdlib.h>

#include "chatload.h"

static const size_t most = 20000000;

void add_sample(struct samples *samples, double microseconds) {
    if (samples->count == samples->capacity) {
        if (samples->capacity >= most) return;
        samples->capacity = samples->capacity ? samples->capacity * 2 : 65536;
        samples->values = realloc(samples->values, samples->capacity * sizeof(float));
    }
    samples->values[samples->count++] = (float)microseconds;
}

static int by_size(const void *left, const void *right) {
    float a = *(const float *)left, b = *(const float *)right;
    return (a > b) - (a < b);
}

void sort_samples(struct samples *samples) {
    if (samples->count) qsort(samples->values, samples->count, sizeof(float), by_size);
}

double quantile(const struct samples *samples, double part) {
    if (!samples->count) return -1;
    return samples->values[(size_t)(part * (double)(samples->count - 1) + 0.5)];
}
