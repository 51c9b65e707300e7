/** How right the answers are, and whether the content still is what calibration saw. */
@NullMarked
package io.saccade.budget.drift;

import org.jspecify.annotations.NullMarked;
