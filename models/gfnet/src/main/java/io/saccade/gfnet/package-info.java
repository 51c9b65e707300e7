/**
 * The Glance-and-Focus Network (Wang et al., NeurIPS 2020): a glance at the whole frame, then looks
 * at patches that a learned policy chooses, until the confidence passes a threshold.
 */
@NullMarked
package io.saccade.gfnet;

import org.jspecify.annotations.NullMarked;
