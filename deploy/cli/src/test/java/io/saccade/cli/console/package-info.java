/** The page in a real browser, as people use it. */
@NullMarked
package io.saccade.cli.console;

import org.jspecify.annotations.NullMarked;
