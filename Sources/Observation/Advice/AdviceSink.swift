import CostModel
import Diagnostics
import JSON

/// A recommendation as a file states it, before anything is made of it.
struct StatedAdvice {
    /// The arn or id of the resource; empty: it is about no single one.
    var resource: String
    var action: ProviderAdvice.Action
    var current: String?
    var proposed: String?
    /// The number as it is written, and its currency's code. Nil: none is stated.
    var savings: (amount: String, currency: String)?
    /// Over how many seconds that is saved; nil: over a month.
    var savedOver: Int64?
    var assumptions: [String] = []
    var refreshed: Instant?
    var summary: String?
}

/// Where a file's recommendations go, and what is wrong with them.
final class AdviceSink {
    /// A twelfth of a year, in seconds.
    static let month: Int64 = 2_628_000
    /// Of names and sentences of somebody else's, in letters.
    private static let textLimit = 200

    let problems: RowProblems
    private let source: AdviceSource
    private let currency: Currency
    private let now: Instant
    private(set) var advice: [(name: String, ProviderAdvice)] = []
    private var total = 0
    private var (stale, undated, foreign, unreadable, skipped) = (0, 0, 0, 0, 0)
    private var foreignCurrency = ""
    private var newestStale: Instant?

    init(_ source: AdviceSource, currency: Currency, now: Instant, _ problems: RowProblems) {
        self.source = source
        self.currency = currency
        self.now = now
        self.problems = problems
    }

    /// What was asked for is not all there, or is something else.
    func lacks(_ what: String) { problems.add(.partial, id: "partial-recommendations", what) }

    /// Something that is advised and that nothing is made of.
    func skip() { skipped += 1 }

    func add(_ stated: StatedAdvice) {
        total += 1
        if let maxAge = source.maxAge {
            guard let refreshed = stated.refreshed else {
                undated += 1
                return
            }
            guard refreshed.adding(maxAge) >= now else {
                stale += 1
                newestStale = max(newestStale ?? refreshed, refreshed)
                return
            }
        }
        let made = ProviderAdvice(
            format: source.format, source: source.name, action: stated.action, current: Self.short(stated.current),
            proposed: Self.short(stated.proposed), monthlySavings: savings(stated),
            assumptions: stated.assumptions.compactMap { Self.short($0) }, refreshed: stated.refreshed, summary: Self.short(stated.summary))
        advice.append((stated.resource, made))
    }

    private func savings(_ stated: StatedAdvice) -> Money? {
        guard let savings = stated.savings else { return nil }
        guard savings.currency == currency.code else {
            foreign += 1
            foreignCurrency = savings.currency
            return nil
        }
        guard let amount = Self.amount(savings.amount), amount.magnitude.raw < Self.largest else {
            unreadable += 1
            return nil
        }
        let seconds = stated.savedOver ?? Self.month
        guard seconds > 0 else {
            unreadable += 1
            return nil
        }
        return Money(seconds == Self.month ? amount : amount.scaled(by: Int128(Self.month), over: Int128(seconds)), currency)
    }

    /// An estimate, and often a floating-point number: what it has behind the 18th digit is rounded.
    private static func amount(_ text: String) -> FixedDecimal? {
        do throws(FixedDecimal.ParseError) { return try FixedDecimal(text) } catch {
            var text = text
            return text.withUTF8 { FixedDecimal(rounding: $0) }
        }
    }

    /// No resource saves a billion a month.
    private static let largest = FixedDecimal(1_000_000_000).raw

    private static func short(_ text: String?) -> String? {
        guard let text, !text.isEmpty else { return nil }
        return String(text.prefix(textLimit)).printable
    }

    /// Says what did not count, once all is read.
    func finish() {
        let maxAge = source.maxAge.map { "\($0)" } ?? ""
        func of(_ count: Int) -> String { "\(count) of \(total) \(total == 1 ? "recommendation" : "recommendations")" }
        if stale > 0 {
            let newest = newestStale.map { ", the newest of them of \($0)" } ?? ""
            let isAll = stale + undated == total
            problems.add(
                isAll ? .partial : .note, id: "stale-recommendations",
                "\(of(stale)) \(stale == 1 ? "is" : "are") older than \(maxAge)\(newest): they do not count")
        }
        if undated > 0 {
            problems.add(
                undated == total ? .partial : .note, id: "stale-recommendations",
                "\(of(undated)) \(undated == 1 ? "does" : "do") not say when they were made: they do not count; 'maxAge: none' takes them")
        }
        if foreign > 0 {
            problems.add(
                .note, id: "foreign-savings",
                "the savings of \(of(foreign)) are in \(String(foreignCurrency.prefix(20)).printable), not in \(currency): they are not known"
            )
        }
        if unreadable > 0 {
            problems.add(.note, id: "foreign-savings", "the savings of \(of(unreadable)) are no amount: they are not known")
        }
        if skipped > 0 {
            problems.add(
                .note, id: "other-recommendations",
                "\(skipped) \(skipped == 1 ? "recommendation is" : "recommendations are") about something that is not looked at")
        }
    }
}
