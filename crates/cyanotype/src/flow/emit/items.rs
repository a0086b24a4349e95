//! What Maps go over.

use cyanotype_asl::{ItemBatcher, ItemReader, Json, MapState, ProcessorConfig, ResultWriter};

use super::{
    Emitter,
    payload::Place,
    reading::{self, Root},
};
use crate::{
    diagnostic::Diagnostic,
    flow::body::{Draft, DraftBatch, DraftDistributed, DraftItems, DraftReader, DraftSource},
};

impl Emitter {
    pub(super) fn items(&mut self, draft: &Draft, items: &DraftItems, state: &mut MapState) {
        let place = Place::of(draft, Root::Input);
        match &items.from {
            DraftSource::Data(list) if draft.is_jsonata => {
                state.items = Some(reading::whole(self.expression(place, list)).into());
            }
            DraftSource::Data(list) => {
                let path = self.path(place, list);
                // The whole input is what AWS takes anyway.
                state.items_path = (path.as_literal() != Some("$")).then_some(path);
            }
            DraftSource::Read(reader) => state.item_reader = Some(self.reader(draft, reader)),
        }
        state.item_selector = items.selector.as_ref().map(|selector| self.payload(place, "Value", selector));
        if let Some(number) = &items.max_concurrency {
            self.amount(place, number, &mut state.max_concurrency, &mut state.max_concurrency_path);
        }
        if let Some(distributed) = &items.distributed {
            self.distributed(draft, distributed, state);
        }
    }

    fn distributed(&mut self, draft: &Draft, map: &DraftDistributed, state: &mut MapState) {
        let place = Place::of(draft, Root::Input);
        if let Some(processor) = &mut state.item_processor {
            processor.config = Some(ProcessorConfig::distributed(map.execution_type));
        }
        state.label = map.label.as_deref().map(Into::into);
        if let Some(number) = &map.tolerated_count {
            self.amount(
                place,
                number,
                &mut state.tolerated_failure_count,
                &mut state.tolerated_failure_count_path,
            );
        }
        if let Some(percent) = &map.tolerated_percentage {
            let (number, path) =
                (&mut state.tolerated_failure_percentage, &mut state.tolerated_failure_percentage_path);
            self.amount(place, percent, number, path);
        }
        state.item_batcher = map.batch.as_ref().map(|batch| self.batcher(draft, batch));
        if let Some((bucket, config)) = &map.writer {
            let mut writer = ResultWriter::default();
            writer.config.clone_from(config);
            if let Some(bucket) = bucket {
                writer.resource = Some(self.calls.integration("s3:putObject"));
                let arguments = Some(self.payload(place, "Value", bucket));
                *(if draft.is_jsonata { &mut writer.arguments } else { &mut writer.parameters }) = arguments;
            }
            state.result_writer = Some(writer);
        }
    }

    fn reader(&mut self, draft: &Draft, of: &DraftReader) -> ItemReader {
        let place = Place::of(draft, Root::Input);
        let mut reader = ItemReader::new(self.calls.integration(&format!("s3:{}", of.action)));
        let arguments = Some(self.payload(place, "Value", &of.arguments));
        *(if draft.is_jsonata { &mut reader.arguments } else { &mut reader.parameters }) = arguments;
        let mut config = of.config.clone();
        if let Some(number) = &of.max_items {
            self.amount(place, number, &mut config.max_items, &mut config.max_items_path);
        }
        reader.config = (config != cyanotype_asl::ReaderConfig::default()).then_some(config);
        reader
    }

    fn batcher(&mut self, draft: &Draft, batch: &DraftBatch) -> ItemBatcher {
        let place = Place::of(draft, Root::Input);
        if batch.max_items.is_none() && batch.max_bytes.is_none() {
            let diagnostic = Diagnostic::error("these batches have no limit");
            self.report(draft, draft.at, diagnostic.help("call `.max_items(..)` or `.max_bytes(..)`"));
        }
        let mut batcher = ItemBatcher::default();
        if let Some(number) = &batch.max_items {
            self.amount(place, number, &mut batcher.max_items, &mut batcher.max_items_path);
        }
        if let Some(bytes) = &batch.max_bytes {
            self.amount(place, bytes, &mut batcher.max_input_bytes, &mut batcher.max_input_bytes_path);
        }
        batcher.batch_input =
            batch.input.as_ref().map(|input| -> Json { self.payload(place, "Value", input) });
        batcher
    }
}
