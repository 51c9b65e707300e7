/**
 * What cameras need: cores, network, state, by a bundle's measured costs and stated assumptions.
 */
@NullMarked
package io.saccade.evaluate.sizing;

import org.jspecify.annotations.NullMarked;
