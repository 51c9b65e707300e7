@NullMarked
package io.saccade.budget.drift;

import org.jspecify.annotations.NullMarked;
