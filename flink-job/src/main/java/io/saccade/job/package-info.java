/** The Flink job: frames in, labels out, within the budget. The only place that knows Flink. */
@NullMarked
package io.saccade.job;

import org.jspecify.annotations.NullMarked;
