package io.gleaner.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The architecture rules hold for the product, and each is seen to fail where it is broken. */
class ArchitectureTest {

    private static final JavaClasses PRODUCT =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.gleaner");
    private static final JavaClasses PLANTED =
            new ClassFileImporter().importPackages("io.gleaner.architecture.planted");

    private static final Rules RULES = new Rules("io.gleaner");
    private static final Rules PLANTED_RULES = new Rules("io.gleaner.architecture.planted");

    @Test
    void packagesFormNoCycles() {
        RULES.noCycles().check(PRODUCT);
        assertBroken(List.of(PLANTED_RULES.noCycles()));
    }

    @Test
    void thePartsOfTheApiFormNoCycles() {
        RULES.noCyclesInTheApi().check(PRODUCT);
        assertBroken(List.of(PLANTED_RULES.noCyclesInTheApi()));
    }

    @Test
    void thePartsOfRenderingFormNoCycles() {
        RULES.noCyclesInRendering().check(PRODUCT);
        assertBroken(List.of(PLANTED_RULES.noCyclesInRendering()));
    }

    @Test
    void ringsPointInward() {
        RULES.ringsPointInward().forEach(rule -> rule.check(PRODUCT));
        assertBroken(PLANTED_RULES.ringsPointInward());
    }

    @Test
    void theVocabularyNeedsTheJdkOnly() {
        RULES.theVocabularyNeedsTheJdkOnly().check(PRODUCT);
        assertBroken(List.of(PLANTED_RULES.theVocabularyNeedsTheJdkOnly()));
    }

    @Test
    void eachLibraryLivesInItsPackage() {
        RULES.eachLibraryLivesInItsPackage().forEach(rule -> rule.check(PRODUCT));
        assertBroken(PLANTED_RULES.eachLibraryLivesInItsPackage());
    }

    @Test
    void namesSaySomething() {
        RULES.namesSaySomething().check(PRODUCT);
        assertBroken(List.of(PLANTED_RULES.namesSaySomething()));
    }

    @Test
    void everyClassHasAKnownPackage() {
        RULES.everyClassHasAKnownPackage().check(PRODUCT);
        assertBroken(List.of(PLANTED_RULES.everyClassHasAKnownPackage()));
    }

    private static void assertBroken(List<ArchRule> rules) {
        assertThat(rules).anyMatch(rule -> rule.evaluate(PLANTED).hasViolation());
    }
}
