/** What the page costs the server, and how it does in a real browser. */
@NullMarked
package io.saccade.bench.console;

import org.jspecify.annotations.NullMarked;
