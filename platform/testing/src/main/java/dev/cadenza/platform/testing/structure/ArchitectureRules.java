package dev.cadenza.platform.testing.structure;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/**
 * What docs/architecture.md says about the inside of a service, checked on its compiled classes: features first,
 * dialects beside them, adapters behind ports.
 */
public final class ArchitectureRules {

    private static final Set<String> BLOCKING =
            Set.of("block", "blockFirst", "blockLast", "blockOptional", "toIterable", "toStream");

    private final String base;
    private final JavaClasses classes;

    private ArchitectureRules(String base, ImportOption which) {
        this.base = base;
        this.classes = new ClassFileImporter().withImportOption(which).importPackages(base);
        if (classes.isEmpty()) {
            throw new AssertionError("no classes below " + base);
        }
    }

    /**
     * Checks every rule on a service.
     *
     * @param base package of the service, such as {@code dev.cadenza.catalog}
     * @throws AssertionError naming each violation
     */
    public static void check(String base) {
        ArchitectureRules rules = new ArchitectureRules(base, new ImportOption.DoNotIncludeTests());
        demandNone(rules.violations(rules.layers()));
    }

    /**
     * Checks what holds for any code on an event loop, on a module without features and dialects: the gateway.
     *
     * @throws AssertionError naming each violation
     */
    public static void checkWithoutLayers(String base) {
        ArchitectureRules rules = new ArchitectureRules(base, new ImportOption.DoNotIncludeTests());
        demandNone(rules.violations(Stream.of()));
    }

    static List<String> violations(String base, ImportOption which) {
        ArchitectureRules rules = new ArchitectureRules(base, which);
        return rules.violations(rules.layers());
    }

    private List<String> violations(Stream<ArchRule> layers) {
        List<String> violations = new ArrayList<>();
        Stream.concat(layers, Stream.of(nothingBlocks()))
                .map(rule -> rule.allowEmptyShould(true).evaluate(classes))
                .filter(EvaluationResult::hasViolation)
                .forEach(result -> violations.add(result.getFailureReport().toString()));
        Set<String> unmarked = packagesWithoutNullMarked();
        if (!unmarked.isEmpty()) {
            violations.add("packages without @NullMarked: " + unmarked);
        }
        return violations;
    }

    private static void demandNone(List<String> violations) {
        if (!violations.isEmpty()) {
            throw new AssertionError(String.join("\n\n", violations));
        }
    }

    private Stream<ArchRule> layers() {
        return Stream.of(
                featuresKnowNeitherWebNorAdapters(),
                dialectsKnowNoAdapters(),
                dialectsDoNotKnowEachOther(),
                nothingDependsOnConfiguration());
    }

    private ArchRule featuresKnowNeitherWebNorAdapters() {
        return noClasses()
                .that(feature())
                .should(dependOnClassesThat(resideInAnyPackage(
                        base + ".api..",
                        base + "..persistence..",
                        base + "..messaging..",
                        "dev.cadenza.contracts..",
                        "dev.cadenza.platform.web..",
                        "org.springframework.web..",
                        "org.springframework.http..",
                        "com.mongodb..",
                        "org.bson..",
                        "org.apache.kafka..")))
                .because("features are what the product is about; web, storage and messages are how it is reached");
    }

    private ArchRule dialectsKnowNoAdapters() {
        return noClasses()
                .that(resideInAnyPackage(base + ".api.."))
                .should(dependOnClassesThat(resideInAnyPackage(
                        base + "..persistence..",
                        base + "..messaging..",
                        "dev.cadenza.contracts..",
                        "dev.cadenza.platform.events..",
                        "dev.cadenza.platform.storage..",
                        "com.mongodb..",
                        "org.bson..",
                        "org.apache.kafka..")))
                .because("a dialect decodes, calls one use case and encodes");
    }

    private ArchRule dialectsDoNotKnowEachOther() {
        return slices().matching(base + ".api.(*)..").should().notDependOnEachOther();
    }

    private ArchRule nothingDependsOnConfiguration() {
        return noClasses()
                .that(describe("stand outside config", c -> !in(c, base + ".config")))
                .should(dependOnClassesThat(resideInAnyPackage(base + ".config..")))
                .because("config only wires");
    }

    private ArchRule nothingBlocks() {
        DescribedPredicate<JavaMethodCall> blocking = describe(
                "block a thread",
                call -> call.getTargetOwner().getPackageName().startsWith("reactor.core.publisher")
                                && BLOCKING.contains(call.getTarget().getName())
                        || call.getTargetOwner().isEquivalentTo(Thread.class)
                                && call.getTarget().getName().equals("sleep"));
        return noClasses().should().callMethodWhere(blocking).because("an event loop that waits serves nobody");
    }

    private DescribedPredicate<JavaClass> feature() {
        return describe(
                "belong to a feature",
                c -> in(c, base)
                        && !c.getPackageName().equals(base)
                        && !in(c, base + ".api")
                        && !in(c, base + ".config")
                        && !hasSegment(c, "persistence")
                        && !hasSegment(c, "messaging"));
    }

    private Set<String> packagesWithoutNullMarked() {
        Set<String> unmarked = new TreeSet<>();
        for (JavaClass type : classes) {
            JavaPackage itsPackage = type.getPackage();
            if (!itsPackage.isAnnotatedWith(NullMarked.class)) {
                unmarked.add(itsPackage.getName());
            }
        }
        return unmarked;
    }

    private static boolean in(JavaClass type, String packageName) {
        return type.getPackageName().equals(packageName)
                || type.getPackageName().startsWith(packageName + ".");
    }

    private static boolean hasSegment(JavaClass type, String segment) {
        return List.of(type.getPackageName().split("\\.", -1)).contains(segment);
    }
}
