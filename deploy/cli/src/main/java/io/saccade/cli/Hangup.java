package io.saccade.cli;

import java.lang.reflect.Proxy;

/**
 * SIGHUP, by which people tell a process to read its configuration again. Java's one way to a
 * signal is {@code sun.misc.Signal}, which the compiler does not let pass without a warning: hence
 * by name.
 */
final class Hangup {
  private Hangup() {}

  /** From now on the signal does this, and no longer ends the process. */
  static void means(Runnable what) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object does =
          Proxy.newProxyInstance(
              Hangup.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  what.run();
                }
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), does);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this Java cannot be told by SIGHUP to reload", e);
    }
  }
}
