@NullMarked
package io.saccade.budget.share;

import org.jspecify.annotations.NullMarked;
