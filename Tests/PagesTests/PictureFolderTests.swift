import CostModel
import Foundation
import Reporting
import Testing

@testable import Pages

#if canImport(FoundationXML)
import FoundationXML
#endif

@Suite("the folder of badges")
struct PictureFolderTests {
    @Test("holds whatever names teams have as text, in files with plain names that its page links", arguments: HostileText.all)
    func hostile(name: String) throws {
        let site = Sites.full(name)
        for savings in [nil, site.savings] {
            let folder = PictureFolder(Leaderboard(teams: site.teams, unowned: nil), of: name, saved: savings, currency: .usd)
            #expect(folder.files.count == 2 + 2 * 5)
            for (path, bytes) in folder.files {
                let isPlain = path.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_/.".contains($0)) }
                #expect(isPlain && !path.contains(".."), "\(path)")
                guard path.hasSuffix(".svg") else { continue }
                let text = String(decoding: bytes, as: UTF8.self)
                #expect(XMLParser(data: Data(bytes)).parse(), "\(path)")
                #expect(!text.contains("<script") && !text.contains(" onload=\""), "\(path)")
                let mayHold = savings != nil || name.contains("$")
                #expect(mayHold || !text.contains("$"), "\(path) shows an amount")
            }
            #expect(!folder.page.contains("<script") && !folder.page.contains("<img") && !folder.page.contains("\r"))
            for path in folder.files.keys where path != "README.md" { #expect(folder.page.contains("](\(path))"), "\(path)") }
        }
    }
}
