package io.saccade.cli;

import picocli.CommandLine.IVersionProvider;

/** The version, as the build wrote it into the jar. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Saccade.class.getPackage().getImplementationVersion();
    return new String[] {"saccade " + (version == null ? "(not packaged)" : version)};
  }
}
