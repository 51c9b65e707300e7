/** How right the answers are, without labels. */
@NullMarked
package io.saccade.budget.drift;

import org.jspecify.annotations.NullMarked;
