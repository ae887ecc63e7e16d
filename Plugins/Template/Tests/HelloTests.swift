import PatchbaySDK
import PatchbayTesting
import Testing

@testable import Hello

@Suite struct HelloTests {
    let host: TestHost<HelloPlugin>

    init() async throws { host = try await TestHost() }

    @Test func greetingArrivesWithTheName() async throws {
        let sent = try await host.request(.post, "greetings", as: .alice, json: ["to": "user-bob"])

        let seen = try await host.request(.get, "greetings", as: .bob)
        #expect(sent.status == 201)
        #expect(sent.json["text"] == "Good day, Bob Brunner")
        #expect(seen.json["items"] == [sent.json])
    }

    @Test func onlyTheGreetedPersonIsTold() async throws {
        _ = try await host.request(.post, "greetings", as: .alice, json: ["to": "user-bob"])

        let news = try host.events.published(named: "hello.greeting.sent")
        #expect(news.map(\.recipients) == [.users([TestPerson.bob.id])])
    }

    @Test func operatorChoosesTheSalutation() async throws {
        let host = try await TestHost(HelloPlugin.self, settings: ["salutation": "Grüezi"])

        let answer = try await host.request(.post, "greetings", as: .alice, json: ["to": "user-bob"])

        #expect(answer.json["text"] == "Grüezi, Bob Brunner")
    }

    @Test func somebodyOfAnotherDomainCannotBeGreeted() async throws {
        let answer = try await host.request(.post, "greetings", as: .alice, json: ["to": "user-eve"])

        #expect(answer.status == 404)
        #expect(try host.events.published.isEmpty)
    }

    @Test(arguments: [[:], ["to": 7], ["to": ""], ["to": "user-bob", "text": "Boo"]] as [JSON])
    func bodyThatIsNotUnderstoodIsRefused(body: JSON) async throws {
        let answer = try await host.request(.post, "greetings", as: .alice, json: body)

        #expect(answer.refusal?.id == "body.invalid")
    }

    @Test func keepsTheRulesOfTheHouse() async {
        let findings = await PluginConformance.findings(for: HelloPlugin.self) { host, person in
            _ = try await host.request(.post, "greetings", as: person, json: ["to": "user-bob"])
        }

        #expect(findings.isEmpty)
    }
}
