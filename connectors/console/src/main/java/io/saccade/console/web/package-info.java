/**
 * The HTTP server: pages, the stream of what changes, and the few requests that change something.
 */
@NullMarked
package io.saccade.console.web;

import org.jspecify.annotations.NullMarked;
