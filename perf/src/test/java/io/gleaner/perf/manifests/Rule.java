package io.gleaner.perf.manifests;

import java.util.List;
import java.util.stream.Stream;

/** One thing that would go wrong in a cluster although every type is right. */
interface Rule {

    Stream<Finding> check(Cluster cluster);

    /** All of them. */
    List<Rule> ALL =
            List.of(
                    new NamesAreUnique(),
                    new WordsAreKnown(),
                    new ScalersAreBounded(),
                    new ScaleTargetsExist(),
                    new UtilizationHasRequests(),
                    new MetricsAreExported(),
                    new SelectorsMatch(),
                    new PortsAreThere(),
                    new ReferencesExist(),
                    new VariablesAreKnown(),
                    new CommandsExist(),
                    new ProbesAskWhatIsThere(),
                    new GraceCoversDrain(),
                    new RolloutsKeepCapacity(),
                    new EvictionsArePossible(),
                    new RequestsAreMeasured(),
                    new ContainersAreConfined(),
                    new PrivateNetworksAreOutOfReach(),
                    new SecretsArePlaceholders());
}
