namespace Hub.Api.Tests.WorkflowTemplates;

/// <summary>The shipped workflows around Stripe, Shopify and orders, run against stand-ins.</summary>
public sealed class CommerceTemplateTests(HubFixture fixture) : TemplateRun(fixture)
{
    [Fact]
    public async Task StripeFailedPayment_LargeOne_OpensAFollowUpAndTellsFinance()
    {
        var run = await RunAsync("stripe-failed-payment");
        Assert.Equal("follow_up:completed large:completed finance:completed", run.StepStates());
        var sent = Sent("/api/customers/cus_QkTest%2F1/follow-ups");
        Assert.Equal("""{"kind":"payment_failed","invoice":"in_1PgTest","amount":649,"currency":"EUR","attempt":2}""", sent.Text);
        Assert.Equal("Bearer a-token", sent.Header("Authorization"));
        Assert.Equal(":money_with_wings: ada@example.com could not pay 649.00 EUR (https://invoice.stripe.com/i/acct_1/test_1)", SlackText);
    }

    [Fact]
    public async Task StripeFailedPayment_SmallOne_LeavesFinanceAlone()
    {
        var run = await RunAsync("stripe-failed-payment", body =>
            (body["data"]!["object"]!["customer"], body["data"]!["object"]!["amount_due"]) = ("cus_small", 990)
        );
        Assert.Equal("follow_up:completed large:completed finance:skipped", run.StepStates());
        Assert.Equal("9.9", Sent("/api/customers/cus_small/follow-ups").Json.GetProperty("amount").GetRawText());
    }

    [Theory]
    [InlineData("invoice.paid")]
    [InlineData("payment_intent.payment_failed")]
    public async Task StripeFailedPayment_OfAnotherEvent_IsFiltered(string type) => await FilteredAsync("stripe-failed-payment", body => body["type"] = type);

    [Fact]
    public async Task StripeReview_Closed_IsFiltered()
    {
        await FilteredAsync("stripe-review-to-slack", body => body["type"] = "review.closed");
        await FilteredAsync("stripe-review-to-slack", body => body["data"]!["object"]!["open"] = false);
    }

    [Fact]
    public async Task Shopify_OfAnotherTopic_IsFiltered()
    {
        await FilteredAsync("shopify-low-inventory", eventName: "inventory_levels/connect");
        await FilteredAsync("shopify-order-edit-sync", eventName: "orders/updated");
    }

    [Fact]
    public async Task StripeReview_Opened_AsksInSlack()
    {
        var run = await RunAsync("stripe-review-to-slack");
        Assert.Equal("ask:completed", run.StepStates());
        Assert.Equal(
            ":mag: Payment <https://dashboard.stripe.com/payments/ch_1PgafuB7WZ01zgkWXYmPNZs8|ch_1PgafuB7WZ01zgkWXYmPNZs8> is under review: rule (test mode)",
            SlackText
        );
    }

    [Fact]
    public async Task ShopifyLowInventory_ShopAnswers_NamesTheSku()
    {
        Answer(
            "/admin/api/2026-01/inventory_items/271878346596884015.json",
            new StandInAnswer(200, """{"inventory_item":{"id":271878346596884015,"sku":"example-sku","tracked":true}}""")
        );
        var run = await RunAsync("shopify-low-inventory");
        Assert.Equal("low:completed item:completed by_sku:completed by_number:skipped", run.StepStates());
        Assert.Equal(":package: example-sku is down to 3 at location 24826418", SlackText);
    }

    [Fact]
    public async Task ShopifyLowInventory_ShopDoesNotKnowIt_NamesTheNumber()
    {
        Answer("/admin/api/2026-01/inventory_items/42.json", new StandInAnswer(404, """{"errors":"Not Found"}"""));
        var run = await RunAsync("shopify-low-inventory", body => body["inventory_item_id"] = 42);
        Assert.Equal("low:completed item:failed by_sku:skipped by_number:completed", run.StepStates());
        Assert.StartsWith(":package: Item 42 is down to 3", SlackText, StringComparison.Ordinal);
        Assert.Equal("completed", run.Status());
    }

    [Fact]
    public async Task ShopifyLowInventory_Enough_DoesNothing() =>
        Assert.Equal(
            "low:completed item:skipped by_sku:skipped by_number:skipped",
            (await RunAsync("shopify-low-inventory", body => body["available"] = 6)).StepStates()
        );

    [Fact]
    public async Task ShopifyOrderEdit_Arrives_IsPutUnderOrderAndEdit()
    {
        var run = await RunAsync("shopify-order-edit-sync");
        Assert.Equal("edit:completed store:completed not_stored:skipped", run.StepStates());
        var sent = Sent("/api/orders/820982911946154500/edits/78912328793123780");
        Assert.Equal("PUT", sent.Method);
        Assert.Equal(
            """[{"id":78643924236718240,"delta":1}]""",
            sent.Json.GetProperty("added").GetRawText().Replace(" ", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal)
        );
        Assert.Equal("[866550311766439000]", sent.Json.GetProperty("removed").GetRawText());
    }

    [Fact]
    public async Task ShopifyOrderEdit_Refused_IsToldInSlack()
    {
        Answer("/api/orders/7/edits/78912328793123780", new StandInAnswer(400));
        var run = await RunAsync("shopify-order-edit-sync", body => body["order_edit"]!["order_id"] = 7);
        Assert.Equal("edit:completed store:failed not_stored:completed", run.StepStates());
        Assert.StartsWith(":x: The edit of order 7 did not reach the warehouse:", SlackText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OrderForward_HostileNames_StayTextOfTheDocument()
    {
        var run = await RunAsync("order-forward-and-transform");
        Assert.Equal("paid:completed send:completed status:skipped refused:skipped away:skipped give_up:skipped", run.StepStates());
        var sent = Sent("/orders/820982911946154508");
        Assert.True(
            JsonElement.DeepEquals(
                JsonDocument
                    .Parse(
                        """
                        {"number":"#1001","customer":"Zoë \"Z\" O'Brien\\","total":149.9,"lines":[{"sku":"TEA-\"50\"",
                        "quantity":2},{"sku":"POT-1","quantity":1}]}
                        """
                    )
                    .RootElement,
                sent.Json
            ),
            sent.Text
        );
        Assert.Equal("Order forwarded and transformed v1", sent.Header("X-Workflow"));
    }

    [Fact]
    public async Task OrderForward_Refused_GoesToSlack()
    {
        Answer("/orders/1", new StandInAnswer(422, """{"error":"unknown sku"}"""));
        var run = await RunAsync("order-forward-and-transform", body => body["id"] = 1);
        Assert.Equal("paid:completed send:failed status:completed refused:completed away:skipped give_up:skipped", run.StepStates());
        Assert.StartsWith(":no_entry: Order #1001 was refused:", SlackText, StringComparison.Ordinal);
        Assert.Equal("completed", run.Status());
    }

    [Fact]
    public async Task OrderForward_OtherSystemLeavesForGood_FailsForReplay()
    {
        Answer("/orders/2", new StandInAnswer(403));
        var run = await RunAsync("order-forward-and-transform", body => body["id"] = 2);
        Assert.Equal("paid:completed send:failed status:completed refused:skipped away:completed give_up:completed", run.StepStates());
        Assert.Equal("failed", run.Status());
    }

    [Fact]
    public async Task OrderForward_NotPaid_StaysHere() =>
        Assert.StartsWith(
            "paid:completed send:skipped",
            (await RunAsync("order-forward-and-transform", body => body["financial_status"] = "pending")).StepStates(),
            StringComparison.Ordinal
        );
}
