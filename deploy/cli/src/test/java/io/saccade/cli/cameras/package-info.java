/** The camera process against real servers, as an operator would run it. */
@NullMarked
package io.saccade.cli.cameras;

import org.jspecify.annotations.NullMarked;
