/** What of Flink's reporter for Prometheus can only be reached from within its package. */
@NullMarked
package org.apache.flink.metrics.prometheus;

import org.jspecify.annotations.NullMarked;
