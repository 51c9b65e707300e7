/** A standalone Flink cluster on this machine: processes of their own, kept running by a keeper. */
@NullMarked
package io.saccade.cluster;

import org.jspecify.annotations.NullMarked;
