import CostModel
import Testing

@Suite("comments that exempt")
struct InlineExemptionTests {
    @Test("name policies, a day and a reason, in either order")
    func agreed() {
        let day = Day("2027-01-31")!
        #expect(
            InlineExemption.content(of: " bursar:ignore tags until=2027-01-31 reason=\"leaves in spring\"")
                == .agreed(policies: ["tags"], until: day, reason: "leaves in spring"))
        #expect(
            InlineExemption.content(of: "bursar:ignore a,b  reason=\"say \\\"so\\\" \\\\\"\tuntil=2027-01-31 \r")
                == .agreed(policies: ["a", "b"], until: day, reason: "say \"so\" \\"))
    }

    @Test(
        "that are other people's are left alone",
        arguments: ["", " ", "see bursar:ignore", "bursar: the tool", "bursar", "# bursar:ignore a", "nobursar:ignore", "bursar:"])
    func others(text: String) {
        #expect(InlineExemption.content(of: text) == nil)
    }

    @Test(
        "are never passed over where they are wrong",
        arguments: [
            ("bursar:ignroe a", "'bursar:ignroe' is no instruction; known is 'bursar:ignore'"),
            ("Bursar:Ignore a", "'Bursar:Ignore' is no instruction; known is 'bursar:ignore'"),
            ("bursar: ignore a", "'bursar: ignore' is no instruction; known is 'bursar:ignore'"),
            ("bursar:ignore", "it names no policy"),
            ("bursar:ignore until=2027-01-31 reason=\"r\"", "it names no policy"),
            ("bursar:ignore a,,b until=2027-01-31", "'a,,b' is no list of policies such as a,b"),
            ("bursar:ignore a,a until=2027-01-31 reason=\"r\"", "it names a policy twice"),
            ("bursar:ignore a reason=\"r\"", "it does not say until when, such as until=2027-01-31"),
            ("bursar:ignore a until=2027-01-31", "it states no reason, such as reason=\"leaves in spring\""),
            ("bursar:ignore a until=soon reason=\"r\"", "'until' must be a date such as 2027-01-31, found 'soon'"),
            ("bursar:ignore a until=2027-02-30 reason=\"r\"", "'until' must be a date such as 2027-01-31, found '2027-02-30'"),
            ("bursar:ignore a until=2027-01-31 reason=r", "'reason' must be text in double quotes"),
            ("bursar:ignore a until=2027-01-31 reason=\" \"", "'reason' must not be empty"),
            ("bursar:ignore a until=2027-01-31 reason=\"r", "the quote of 'reason' is not closed"),
            ("bursar:ignore a until=2027-01-31 reason=\"r\"x", "a blank is missing behind 'reason'"),
            ("bursar:ignore a until=2027-01-31 until=2027-01-31 reason=\"r\"", "it states 'until' twice"),
            ("bursar:ignore a until=2027-01-31 owner=\"r\"", "'owner' is neither 'until' nor 'reason'"),
            ("bursar:ignore a b until=2027-01-31", "'b' is neither until=… nor reason=\"…\""),
        ])
    func malformed(text: String, reason: String) {
        #expect(InlineExemption.content(of: text) == .malformed(reason))
    }

    @Test("are looked for only where they can stand")
    func quickly() {
        #expect(InlineExemption.mayStand(in: Array("x\n# BURSAR:ignore".utf8)))
        #expect(!InlineExemption.mayStand(in: Array("# bursar".utf8)))
        #expect(!InlineExemption.mayStand(in: []))
    }
}
