import CEL
import Testing

@Suite("environments")
struct EnvironmentTests {
    @Test("values take 24 bytes")
    func size() {
        #expect(MemoryLayout<CELValue>.size <= 24)
    }
}
