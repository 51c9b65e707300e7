@NullMarked
package io.saccade.budget;

import org.jspecify.annotations.NullMarked;
