-- Migration: Audit changes of an invoice's status
-- Date: 2026-11-22
-- Purpose: Record every change of an invoice's status, whoever makes it
-- Track: C

CREATE FUNCTION "record_invoice_status_change"() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  INSERT INTO public.audit_logs (organization_id, user_id, action, entity_type, entity_id, changes)
  VALUES (
    NEW.organization_id,
    nullif(current_setting('app.current_user_id', true), '')::uuid,
    'invoice.status_changed',
    'invoice',
    NEW.id,
    jsonb_build_object('status', jsonb_build_object('from', OLD.status, 'to', NEW.status))
  );
  RETURN NULL;
END;
$$;
--> statement-breakpoint
CREATE TRIGGER "record_invoice_status_change" AFTER UPDATE OF "status" ON "invoices"
  FOR EACH ROW WHEN (OLD."status" IS DISTINCT FROM NEW."status")
  EXECUTE FUNCTION "record_invoice_status_change"();
