import Secrets
import Testing

@Suite("a file with a secret")
struct SecretPermissionsTests {
    private static let (file, folder, pipe): (UInt32, UInt32, UInt32) = (0o100000, 0o040000, 0o010000)

    @Test("is ours or root's, and closed to everybody else", arguments: [0o400, 0o600, 0o700] as [UInt32])
    func closed(mode: UInt32) {
        for (owner, user) in [(1000, 1000), (0, 1000), (0, 0)] as [(UInt32, UInt32)] {
            #expect(SecretPermissions.fault(mode: Self.file | mode, owner: owner, user: user) == nil)
        }
        #expect(SecretPermissions.fault(mode: Self.file | mode, owner: 1001, user: 1000) == .foreign)
        // Nor does root trust what another user may change at any time.
        #expect(SecretPermissions.fault(mode: Self.file | mode, owner: 1000, user: 0) == .foreign)
    }

    @Test("may be read by a group where root put it there for us, and by no other way", arguments: [0o440, 0o640] as [UInt32])
    func group(mode: UInt32) {
        #expect(SecretPermissions.fault(mode: Self.file | mode, owner: 0, user: 1000) == nil)
        #expect(SecretPermissions.fault(mode: Self.file | mode, owner: 1000, user: 1000) == .open)
        #expect(SecretPermissions.fault(mode: Self.file | mode, owner: 0, user: 0) == .open)
    }

    @Test(
        "is neither written nor run by a group, nor open to all",
        arguments: [0o460, 0o420, 0o450, 0o410, 0o444, 0o604, 0o602, 0o601] as [UInt32])
    func open(mode: UInt32) {
        for owner in [0, 1000] as [UInt32] {
            #expect(SecretPermissions.fault(mode: Self.file | mode, owner: owner, user: 1000) == .open)
        }
    }

    @Test("is a regular one")
    func kind() {
        for kind in [Self.folder, Self.pipe] {
            #expect(SecretPermissions.fault(mode: kind | 0o600, owner: 1000, user: 1000) == .notAFile)
        }
    }
}
