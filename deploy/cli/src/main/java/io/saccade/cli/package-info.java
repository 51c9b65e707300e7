/** The {@code saccade} command. */
@NullMarked
package io.saccade.cli;

import org.jspecify.annotations.NullMarked;
