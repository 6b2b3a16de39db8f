package dev.cadenza.catalog.search.lucene;

import dev.cadenza.catalog.track.SearchText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/**
 * Words as the index has them: folded, then divided by the rules of Unicode (UAX 29). What a hyphen, an apostrophe or
 * the like divides is there as one word, too: {@code lo-fi} is found by {@code lofi}, and the other way round.
 */
final class Words {

    /** Divides text; folding comes before. */
    static final Analyzer ANALYZER = new StandardAnalyzer();

    private static final Pattern JOINTS = Pattern.compile("[-\u2010-\u2015'\u2018\u2019.&/+]");
    private static final Pattern SPACE = Pattern.compile(" ");
    private static final Pattern DIGIT = Pattern.compile("\\p{N}");

    /**
     * What a whole word counts; its beginning counts half of that. How rare a word is and how often it occurs says little
     * about names, where it is in them much.
     */
    private static final float IN_TITLE = 8;

    private static final float IN_ARTIST = 6;
    private static final float ANYWHERE = 2;
    /** How much one more field counts in which a word is. */
    private static final float TIE = 0.1f;

    /** Shorter words have no mistakes. */
    private static final int MISTAKEN_ONCE = 4;

    private static final int MISTAKEN_TWICE = 8;
    /** Longer ones are no words. */
    private static final int LONGEST_MISTAKEN = 40;

    /** How many words of the index are taken for a mistaken one. */
    private static final int MOST_MEANT = 50;

    private Words() {}

    /** Text as it is given to the index. */
    static String prepared(String text) {
        String folded = separated(text);
        List<String> joined = SPACE.splitAsStream(folded)
                .filter(word -> JOINTS.matcher(word).find())
                .map(Words::joined)
                .filter(word -> !word.isEmpty())
                .toList();
        return joined.isEmpty() ? folded : folded + " " + String.join(" ", joined);
    }

    /**
     * What has all words of a text, as the beginnings of words in its fields. Signs that are in no word are left out;
     * where nothing is left, nothing is found.
     *
     * @param forgiving also with small mistakes
     */
    static Query allOf(String text, boolean forgiving) {
        return all(text, token -> anywhere(token, forgiving));
    }

    /** Likewise, in the name alone. */
    static Query allInTitle(String text, boolean forgiving) {
        return all(text, token -> either(ways(Fields.TITLE, token, IN_TITLE, forgiving)));
    }

    private static Query all(String text, Function<String, Query> perToken) {
        return all(SearchText.words(separated(text)).stream()
                .flatMap(word -> word(word, perToken).stream())
                .toList());
    }

    private static Query anywhere(String token, boolean forgiving) {
        return either(Stream.of(
                        ways(Fields.TITLE, token, IN_TITLE, false),
                        ways(Fields.ARTIST, token, IN_ARTIST, false),
                        ways(Fields.TEXT, token, ANYWHERE, forgiving))
                .flatMap(List::stream)
                .toList());
    }

    private static Optional<Query> word(String word, Function<String, Query> perToken) {
        List<String> tokens = tokens(word);
        if (tokens.isEmpty()) {
            return Optional.empty();
        }
        Query apart = all(tokens.stream().map(perToken).toList());
        String joined = joined(word);
        return Optional.of(
                joined.isEmpty() || tokens.contains(joined) ? apart : either(List.of(apart, perToken.apply(joined))));
    }

    private static List<Query> ways(String field, String token, float boost, boolean forgiving) {
        Term term = new Term(field, token);
        List<Query> ways = new ArrayList<>(List.of(
                new BoostQuery(new ConstantScoreQuery(new TermQuery(term)), boost),
                new BoostQuery(new PrefixQuery(term), boost / 2)));
        int length = token.codePointCount(0, token.length());
        // another number is another number
        if (forgiving
                && length >= MISTAKEN_ONCE
                && length <= LONGEST_MISTAKEN
                && !DIGIT.matcher(token).find()) {
            int mistakes = length >= MISTAKEN_TWICE ? 2 : 1;
            ways.add(new BoostQuery(new FuzzyQuery(term, mistakes, 1, MOST_MEANT, true), boost / 4));
        }
        return ways;
    }

    private static Query either(List<Query> queries) {
        return queries.size() == 1 ? queries.getFirst() : new DisjunctionMaxQuery(queries, TIE);
    }

    private static Query all(List<Query> queries) {
        if (queries.isEmpty()) {
            return MatchNoDocsQuery.INSTANCE;
        }
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        queries.forEach(query -> all.add(query, Occur.MUST));
        return all.build();
    }

    private static List<String> tokens(String word) {
        List<String> tokens = new ArrayList<>();
        try (TokenStream stream = ANALYZER.tokenStream(Fields.TEXT, word)) {
            CharTermAttribute token = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                tokens.add(token.toString());
            }
            stream.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return tokens;
    }

    /** UAX 29 divides nothing at an underscore, names do. */
    private static String separated(String text) {
        return SearchText.folded(text).replace('_', ' ');
    }

    private static String joined(String word) {
        return JOINTS.matcher(word).replaceAll("");
    }
}
