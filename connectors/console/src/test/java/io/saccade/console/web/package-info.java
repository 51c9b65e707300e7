@NullMarked
package io.saccade.console.web;

import org.jspecify.annotations.NullMarked;
