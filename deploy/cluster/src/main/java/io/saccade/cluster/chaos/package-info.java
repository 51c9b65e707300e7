/** Faults on purpose: processes killed and frozen under load, and every frame accounted for. */
@NullMarked
package io.saccade.cluster.chaos;

import org.jspecify.annotations.NullMarked;
