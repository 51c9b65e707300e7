/** The operator: a frame in, a label out. Thin: the network looks, the governor decides. */
@NullMarked
package io.saccade.job.classify;

import org.jspecify.annotations.NullMarked;
